import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineTaskContract } from './task-contract.ts';

const { checkInput } = defineTaskContract({
  topic: 'wait',
  title: 'Wait',
  description: 'Waits.',
  input: Type.Object({
    seconds: Type.Number({ exclusiveMinimum: 0 }),
    times: Type.Optional(Type.Integer()),
    name: Type.Optional(Type.String()),
    data: Type.Optional(Type.Unknown()),
  }),
  output: Type.Object({}),
});

describe('a number that a task takes', () => {
  it.each([
    ['30', 30],
    ['0.5', 0.5],
    ['1e2', 100],
  ])('may be the text %s', (text, number) => {
    expect(checkInput({ seconds: text })).toEqual({ ok: true, value: { seconds: number } });
  });

  it.each(['', ' 30', '30 ', '30s', '0x1e', '007', '+1', '.5', '1.', 'NaN', 'Infinity', '1e999', '1,5'])(
    'is not the text %j',
    (text) => {
      expect(checkInput({ seconds: text })).toEqual({
        ok: false,
        faults: [{ path: 'seconds', rule: 'type', message: 'must be a number', given: 'text' }],
      });
    },
  );

  it('keeps its own rules, given as text or not', () => {
    expect(checkInput({ seconds: '0' })).toMatchObject({ ok: false, faults: [{ rule: 'exclusiveMinimum' }] });
    expect(checkInput({ seconds: 1, times: '1.5' })).toMatchObject({
      ok: false,
      faults: [{ path: 'times', rule: 'type' }],
    });
  });

  it('is never made of text that is meant as text', () => {
    expect(checkInput({ seconds: 1, name: '30', data: '30' })).toEqual({
      ok: true,
      value: { seconds: 1, name: '30', data: '30' },
    });
  });
});
