import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineTaskContract } from './task-contract.ts';
import { taskContracts } from './tasks/index.ts';
import { compileCheck, renderFaults } from './validation.ts';

const words = (...allowed: readonly string[]) => Type.Union(allowed.map((word) => Type.Literal(word)));
const rendered = (schema: Parameters<typeof compileCheck>[0], value: unknown): string => {
  const checked = compileCheck(schema)(value);
  return checked.ok ? 'valid' : renderFaults(checked.faults);
};

describe('what is wrong with a value', () => {
  it.each([
    [
      'a word in other letters',
      Type.Object({ method: words('GET', 'HEAD', 'POST') }),
      { method: 'get' },
      'method must be one of "GET", "HEAD", "POST"; did you mean "GET"?',
    ],
    [
      'a word that is like none',
      Type.Object({ method: words('GET', 'HEAD') }),
      { method: 'something' },
      'method must be one of "GET", "HEAD"',
    ],
    [
      'no word at all',
      Type.Object({ method: words('GET', 'HEAD') }),
      { method: 7 },
      'method must be one of "GET", "HEAD"',
    ],
    [
      'a word of an enumeration',
      Type.Object({ state: Type.Enum(['RUNNING', 'SUSPENDED']) }),
      { state: 'SUSPENDET' },
      'state must be one of "RUNNING", "SUSPENDED"; did you mean "SUSPENDED"?',
    ],
    [
      'a value of neither kind',
      Type.Object({ rules: Type.Union([Type.Object({}), Type.String()]) }),
      { rules: 1 },
      'rules must be an object or text',
    ],
    [
      'a value of the kind that is meant, with a fault inside',
      Type.Object({ a: Type.Union([Type.Object({ b: Type.String() }), Type.Null()]) }),
      { a: { b: 1 } },
      'a.b must be text',
    ],
    [
      'a text too long where nothing would do too',
      Type.Object({ a: Type.Union([Type.String({ maxLength: 2 }), Type.Null()]) }),
      { a: 'abc' },
      'a must have at most 2 characters',
    ],
    [
      'words inside of alternatives',
      Type.Object({ a: Type.Union([words('x', 'y'), words('z1', 'z2')]) }),
      { a: 'z3' },
      'a must be one of "x", "y", "z1", "z2"; did you mean "z1"?',
    ],
    ['a number out of bounds', Type.Object({ n: Type.Integer({ minimum: 1 }) }), { n: 0 }, 'n must be at least 1'],
    ['a name with a slash', Type.Object({ 'a/b': Type.String() }), { 'a/b': 1 }, 'a/b must be text'],
    ['two faults', Type.Object({ a: Type.String(), b: Type.String() }), { a: 1 }, 'b is required; a must be text'],
  ])('is rendered in words: %s', (_, schema, value, expected) => {
    expect(rendered(schema, value)).toBe(expected);
  });

  it('never holds the value', () => {
    expect(rendered(Type.Object({ method: words('canary1', 'other') }), { method: 'canary2' })).not.toContain(
      'canary2',
    );
  });

  it.each(taskContracts.map((contract) => [contract.topic, contract] as const))(
    'is rendered without the language of the validator by %s',
    (_, contract) => {
      for (const given of [1, 'x', [], {}, null, true, -1]) {
        const checked = contract.checkInput(
          Object.fromEntries(Object.keys(contract.input.properties).map((name) => [name, given])),
        );
        const text = checked.ok ? '' : renderFaults(checked.faults);
        expect(text).not.toMatch(
          /constant|must NOT|match a schema|must be (?:string|integer|number|object|array|boolean)\b|allowed forms|>=|<=/,
        );
        expect(new Set(checked.ok ? [] : checked.faults.map((fault) => fault.path + fault.rule)).size).toBe(
          checked.ok ? 0 : checked.faults.length,
        );
      }
    },
  );
});

describe('a value that is true or false', () => {
  const { checkInput } = defineTaskContract({
    topic: 't',
    title: 'T',
    description: '.',
    input: Type.Object({ on: Type.Boolean(), name: Type.Optional(Type.String()) }),
    output: Type.Object({}),
  });

  it('may be given as text, as forms do', () => {
    expect([checkInput({ on: 'true' }), checkInput({ on: 'false', name: 'true' })]).toEqual([
      { ok: true, value: { on: true } },
      { ok: true, value: { on: false, name: 'true' } },
    ]);
  });

  it.each(['yes', 'TRUE', '1', '', ' true', 1])('is not %j', (on) => {
    expect(checkInput({ on })).toEqual({
      ok: false,
      faults: [
        {
          path: 'on',
          rule: 'type',
          message: 'must be true or false',
          given: typeof on === 'string' ? 'text' : 'number',
        },
      ],
    });
  });
});
