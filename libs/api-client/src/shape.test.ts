import { describe, expect, it } from 'vitest';
import { misfit, type Shape } from './shape.ts';

const named = {
  Step: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, next: { ref: 'Step' } } },
};
const list: Shape = { type: 'array', items: { ref: 'Step' } };
const nullable: Shape = { anyOf: [{ type: 'integer' }, { type: 'null' }] };

describe('a value', () => {
  it.each<[string, unknown, Shape]>([
    ['anything', { a: [1n] }, {}],
    ['a text', '', { type: 'string' }],
    ['a whole number', 3, { type: 'integer' }],
    ['a word', 'RUNNING', { words: ['RUNNING', 'FAILED'] }],
    ['nothing where that may be', null, nullable],
    ['a list of what has a name', [{ id: 'a', next: { id: 'b' } }], list],
    ['more than is named', { id: 'a', colour: 'red' }, { ref: 'Step' }],
    ['a property left out by undefined', { id: 'a', next: undefined }, { ref: 'Step' }],
    ['values by any name', { a: 1, b: 2 }, { type: 'object', values: { type: 'number' } }],
  ])('is of its shape: %s', (_, value, shape) => {
    expect(misfit(value, shape, named)).toBeUndefined();
  });

  it.each<[string, unknown, Shape]>([
    ['the answer is no string', 1, { type: 'string' }],
    ['the answer is no integer', 1.5, { type: 'integer' }],
    ['the answer is no integer', 2n ** 60n, nullable],
    ['the answer is no boolean', 'true', { type: 'boolean' }],
    ['the answer is no object', [], { ref: 'Step' }],
    ['the answer is no object', null, { ref: 'Step' }],
    ['the answer is no array', { 0: 'a' }, list],
    ['the answer is no kind', 1, { type: 'kind' }],
    ['the answer is another word than RUNNING, FAILED', 'ASLEEP', { words: ['RUNNING', 'FAILED'] }],
    ['1.id is missing', [{ id: 'a' }, {}], list],
    ['0.next.id is no string', [{ id: 'a', next: { id: 1 } }], list],
    ['b is no number', { a: 1, b: '2' }, { type: 'object', values: { type: 'number' } }],
    ['constructor is no number', { constructor: '2' }, { type: 'object', properties: {}, values: { type: 'number' } }],
  ])('is not: %s', (_title, value, shape) => {
    expect(misfit(value, shape, named)).toBe(_title);
  });
});
