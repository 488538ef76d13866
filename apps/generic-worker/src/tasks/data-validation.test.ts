import { afterAll, describe, expect, it } from 'vitest';
import { TerminalError } from '@procos/errors';
import { caseFile } from '@procos/testing';
import { rejection, tryTask } from '../testing/try-task.ts';
import { createSandbox } from '../transform/sandbox.ts';
import { createDataCheck } from '../validation/check-data.ts';
import { isMultiple } from '../validation/is-multiple.ts';
import { dataValidationTask } from './data-validation.ts';

const sandbox = createSandbox({ timeMs: 10_000, memoryMb: 128, maxCharacters: 1_000_000 });
afterAll(() => sandbox.close());
const task = dataValidationTask(createDataCheck(sandbox));

const run = (input: Record<string, unknown>) => tryTask(task, input);
const order = {
  type: 'object',
  required: ['customer', 'items'],
  properties: {
    customer: { type: 'string', format: 'email' },
    items: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['sku'],
        properties: {
          sku: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' },
          price: { type: 'number', minimum: 0 },
          'a/b~c': { type: 'boolean' },
          old_code: { type: 'string', deprecated: true },
        },
      },
    },
    currency: { type: 'string', default: 'EUR' },
  },
};

describe('numbers', () => {
  const given = JSON.parse(caseFile('data', 'multiple-of.json').toString()) as {
    schema: object;
    must_be_valid: object[];
    must_be_invalid: object[];
  };

  it('are multiples as they are written', async () => {
    for (const data of given.must_be_valid)
      expect(await run({ data, validation_rules: given.schema }), JSON.stringify(data)).toMatchObject({ valid: true });
    for (const data of given.must_be_invalid)
      expect(await run({ data, validation_rules: given.schema }), JSON.stringify(data)).toMatchObject({
        valid: false,
        errors: [{ rule: 'multipleOf' }],
      });
    expect(await run({ data: { price: 19.995 }, validation_rules: given.schema })).toMatchObject({
      errors: [{ rule: 'multipleOf', path: '/price', message: 'price must be a multiple of 0.01.' }],
    });
  });

  it('of every price in cents are multiples of a cent, and none between them is', () => {
    for (let cents = -300_000; cents <= 300_000; cents += 7) {
      expect(isMultiple(Number((cents / 100).toFixed(2)), 0.01)).toBe(true);
      expect(isMultiple(Number(`${(cents / 100).toFixed(2)}5`), 0.01)).toBe(false);
    }
  });

  it.each([
    [1e308, 2, true],
    [1e-7, 1e-8, true],
    [1e-8, 1e-7, false],
    [0, 0.1, true],
    [-0, 3, true],
    [-4.5, 1.5, true],
    [1.1, 1.1, true],
    [7, 2.5, false],
    [0.3, 0.1, true],
    [1e21, 0.01, true],
    [123456789.123, 0.001, true],
  ])('%d as a multiple of %d: %s', (value, of, is) => {
    expect(isMultiple(value, of)).toBe(is);
  });

  it('of many digits are whole numbers, each one of its own', async () => {
    const rules = {
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: 9223372036854775807n },
      uniqueItems: true,
    };
    const [a, b] = [7615917337495251231n, 7615917337495251232n];

    expect(await run({ data: [a, b], validation_rules: rules })).toMatchObject({ valid: true });
    expect(await run({ data: `[${a},${b}]`, validation_rules: rules })).toMatchObject({ valid: true });
    expect(await run({ data: [a, b, a], validation_rules: rules })).toMatchObject({
      valid: false,
      errors: [{ rule: 'uniqueItems' }],
    });
    expect(await run({ data: [a, -b], validation_rules: rules })).toMatchObject({
      valid: false,
      errors: [{ rule: 'minimum' }],
    });
    expect(await run({ data: [a], validation_rules: { items: { type: 'string' } } })).toMatchObject({
      valid: false,
      errors: [{ rule: 'type' }],
    });
    expect((await rejection(run({ data: [a], validation_rules: `{"items":{"const":${a}}}` }))) as Error).toMatchObject({
      message: expect.stringContaining(
        '#/items/const holds a whole number beyond ±9007199254740991, which cannot be compared exactly: compare it as text',
      ) as string,
    });
  });
});

describe('data that keep the rules', () => {
  it('are valid, given as a value or as its JSON', async () => {
    const data = { customer: 'ann@example.com', items: [{ sku: 'AB-1', price: 2 }] };
    const valid = { valid: true, errors: [], warnings: [] };

    expect(await run({ data, validation_rules: order })).toEqual(valid);
    expect(await run({ data: JSON.stringify(data), validation_rules: JSON.stringify(order) })).toEqual(valid);
  });

  it.each([
    ['text', 'plain text', { type: 'string' }],
    ['a list', [1, 2], { type: 'array', items: { type: 'number' } }],
    ['a number', 7, { type: 'integer' }],
    ['nothing', undefined, { type: 'null' }],
  ])('may be %s', async (_, data, validation_rules) => {
    expect(await run({ data, validation_rules })).toMatchObject({ valid: true, errors: [] });
  });
});

describe('data that break rules', () => {
  it('are told with every rule and its place, and without any value', async () => {
    const data = {
      customer: 'canary-not-an-address',
      items: [
        { sku: 'AB-1', price: -9_876 },
        { price: 'canary', 'a/b~c': 'canary' },
      ],
    };

    const verdict = await run({ data, validation_rules: order });

    expect(verdict).toEqual({
      valid: false,
      errors: [
        { path: '/customer', rule: 'format', message: 'customer must be an e-mail address.' },
        { path: '/items/0/price', rule: 'minimum', message: 'items.0.price must be at least 0.' },
        { path: '/items/1/sku', rule: 'required', message: 'items.1.sku is required.' },
        { path: '/items/1/price', rule: 'type', message: 'items.1.price must be a number.' },
        { path: '/items/1/a~1b~0c', rule: 'type', message: 'items.1.a/b~c must be true or false.' },
      ],
      warnings: [],
    });
    expect(JSON.stringify(verdict)).not.toMatch(/canary|9876/);
  });

  it('are not mended by a default: what is required must be there', async () => {
    const validation_rules = {
      type: 'object',
      required: ['currency'],
      properties: { currency: { type: 'string', default: 'EUR' } },
    };

    expect(await run({ data: {}, validation_rules })).toMatchObject({
      valid: false,
      errors: [{ path: '/currency', rule: 'required' }],
    });
  });

  it('in more than a hundred places are told by the first hundred', async () => {
    const verdict = await run({
      data: Array.from({ length: 500 }, () => 'x'),
      validation_rules: { items: { type: 'number' } },
    });

    expect(verdict['errors']).toHaveLength(100);
  });

  it('by their size are told so', async () => {
    const verdict = await run({ data: Array.from({ length: 60_000 }, () => 1), validation_rules: { type: 'array' } });

    expect(verdict).toEqual({
      valid: false,
      errors: [{ path: '', rule: 'size', message: 'The data is too large: it holds more than 50000 values.' }],
      warnings: [],
    });
  });
});

describe('a warning', () => {
  it('names members that the rules do not know or call deprecated', async () => {
    const data = { customer: 'ann@example.com', items: [{ sku: 'AB-1', prise: 2, old_code: 'x' }], remark: '' };

    expect(await run({ data, validation_rules: order })).toEqual({
      valid: true,
      errors: [],
      warnings: [
        { path: '/items/0/prise', rule: 'properties', message: 'items.0.prise is not named by the rules.' },
        { path: '/items/0/old_code', rule: 'deprecated', message: 'items.0.old_code is deprecated.' },
        { path: '/remark', rule: 'properties', message: 'remark is not named by the rules.' },
      ],
    });
  });

  it.each([
    { additionalProperties: true },
    { patternProperties: { '^x-': {} } },
    { anyOf: [{ properties: { remark: {} } }] },
  ])('is not given where the rules say more: %j', async (more) => {
    const validation_rules = { properties: { a: {} }, ...more };

    expect(await run({ data: { a: 1, remark: 1 }, validation_rules })).toMatchObject({ valid: true, warnings: [] });
  });

  it('tells of rules that say nothing', async () => {
    expect(await run({ data: 1, validation_rules: { title: 'Anything' } })).toMatchObject({
      valid: true,
      warnings: [{ path: '', rule: 'schema' }],
    });
  });
});

describe('rules that cannot be used', () => {
  it.each([
    ['no JSON', '{"type":', /^The validation_rules is no JSON: /],
    ['a list', '[1]', 'The validation_rules must be a JSON object.'],
    ['an unknown type', { type: 'money' }, /^The validation_rules cannot be used: schema is invalid/],
    [
      'a reference elsewhere',
      { properties: { a: { $ref: 'http://example.com/x' } } },
      'The validation_rules cannot be used: #/properties/a/$ref may only refer to a part of the schema itself, starting with #.',
    ],
    [
      'an unknown dialect',
      { $schema: 'http://json-schema.org/draft-04/schema' },
      /^The validation_rules cannot be used: its \$schema is none of /,
    ],
  ])('because they are %s are an incident', async (_, validation_rules, message) => {
    const thrown = await rejection(run({ data: {}, validation_rules }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(message);
  });

  it('because they take too long are an incident, and the next check works', async () => {
    const slow = { type: 'string', pattern: '^(a+)+$' };
    const thrown = await rejection(run({ data: `${'a'.repeat(40)}!`, validation_rules: slow }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty(
      'message',
      'The validation_rules cannot be used: checking the data took longer than 1000 ms.',
    );
    expect(await run({ data: 'aaa', validation_rules: slow })).toMatchObject({ valid: true });
  }, 30_000);
});
