import { afterAll, describe, expect, it } from 'vitest';
import { TerminalError } from '@procos/errors';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { createSandbox } from '../transform/sandbox.ts';
import { createDataCheck } from '../validation/check-data.ts';
import { inputValidationTask } from './input-validation.ts';

const sandbox = createSandbox({ timeMs: 10_000, memoryMb: 128, maxCharacters: 1_000_000 });
afterAll(() => sandbox.close());
const task = inputValidationTask(createDataCheck(sandbox));

const querySchema = {
  type: 'object',
  required: ['user_query'],
  properties: {
    user_query: { type: 'string', minLength: 1, maxLength: 4000 },
    ai_provider: { enum: ['openai', 'ollama', 'auto', 'offline'], default: 'auto' },
    max_tokens: { type: 'integer', minimum: 1, maximum: 4000, default: 500 },
  },
};
const checksData = taskContext({ properties: { validate: 'data' } });
const check = (validation_schema: unknown, data: unknown) => tryTask(task, { validation_schema, data }, checksData);

describe('valid data', () => {
  it('come back with the defaults of the schema', async () => {
    const output = await check(querySchema, { user_query: 'What is a process?' });

    expect(output).toEqual({
      valid: true,
      validation_errors: [],
      validation_message: '',
      validated_data: { user_query: 'What is a process?', ai_provider: 'auto', max_tokens: 500 },
    });
  });

  it('may be JSON text, and the schema too', async () => {
    expect(await check(JSON.stringify(querySchema), '{"user_query":"x"}')).toMatchObject({ valid: true });
  });

  it('may hold null for what is not given', async () => {
    expect(await check(querySchema, { user_query: 'x', max_tokens: null })).toMatchObject({
      validated_data: { max_tokens: 500 },
    });
  });

  it('stay text when the schema asks for text', async () => {
    expect(await check({ type: 'string', minLength: 2 }, '42')).toMatchObject({ valid: true, validated_data: '42' });
  });

  it('are checked by draft-07 when the schema says so', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      items: [{ type: 'string' }],
      additionalItems: false,
    };

    expect(await check(schema, '["a",1]')).toMatchObject({ valid: false });
  });
});

describe('invalid data', () => {
  it('are no failure: every broken rule is told by field and sentence', async () => {
    const output = await check(querySchema, { user_query: '', ai_provider: 'hal', max_tokens: 5000 });

    expect(output).toEqual({
      valid: false,
      validation_errors: [
        { field: 'user_query', rule: 'minLength', message: 'user_query must not be empty.' },
        {
          field: 'ai_provider',
          rule: 'enum',
          message: 'ai_provider must be one of "openai", "ollama", "auto", "offline".',
        },
        { field: 'max_tokens', rule: 'maximum', message: 'max_tokens must be at most 4000.' },
      ],
      validation_message:
        'user_query must not be empty. ai_provider must be one of "openai", "ollama", "auto", "offline". max_tokens must be at most 4000.',
      validated_data: null,
    });
  });

  it.each([
    [{ required: ['a'] }, {}, 'a', 'a is required.'],
    [{ properties: { a: { type: ['integer', 'null'] } } }, { a: 'x' }, 'a', 'a must be a whole number or empty.'],
    [
      { properties: { a: { properties: { b: { format: 'email' } } } } },
      { a: { b: 'x' } },
      'a.b',
      'a.b must be an e-mail address.',
    ],
    [{ properties: { a: { items: { exclusiveMaximum: 3 } } } }, { a: [1, 3] }, 'a.1', 'a.1 must be less than 3.'],
    [{ properties: { a: { maxItems: 1 } } }, { a: [1, 2] }, 'a', 'a must have at most 1 entry.'],
    [{ properties: { a: { minItems: 2 } } }, { a: [] }, 'a', 'a must have at least 2 entries.'],
    [{ properties: { a: { const: 'yes' } } }, { a: 'no' }, 'a', 'a must be "yes".'],
    [{ properties: { a: { pattern: '^x$' } } }, { a: 'no' }, 'a', 'a must match the pattern ^x$.'],
    [{ additionalProperties: false }, { b: 1 }, 'b', 'b is not known here.'],
    [{ unevaluatedProperties: false }, { b: 1 }, 'b', 'b is not known here.'],
    [{ type: 'array' }, {}, '', 'The data must be a list.'],
    [{ minProperties: 1 }, {}, '', 'The data must have at least 1 property.'],
    [{ not: {} }, {}, '', 'The data has a form that is not allowed.'],
  ])('%j against %j names %s', async (schema, data, field, message) => {
    expect(await check(schema, data)).toMatchObject({ valid: false, validation_errors: [{ field, message }] });
  });

  it('never have their values in a sentence', async () => {
    const output = await check(querySchema, { user_query: 7, ai_provider: 'canary-4711' });

    expect(JSON.stringify(output)).not.toContain('canary-4711');
  });

  it('that are nested too deep are told so', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100; level++) deep = { deep };

    expect(await check({}, deep)).toMatchObject({ valid: false, validation_errors: [{ field: '', rule: 'size' }] });
  });

  it('that hold too many values are told so', async () => {
    const output = await check({}, { list: Array.from({ length: 60_000 }, () => 1) });

    expect(output['validation_message']).toBe('The data is too large: it holds more than 50000 values.');
  });

  it('that are no JSON are judged by the schema', async () => {
    expect(await check({ type: 'object' }, '{oops')).toMatchObject({
      validation_message: 'The data must be an object.',
    });
  });
});

describe('variables', () => {
  it('are those that the schema names, of any length', async () => {
    const validation_schema = { ...querySchema, additionalProperties: false };

    const output = await tryTask(task, { validation_schema, user_query: 'q'.repeat(4_001), other: 'not asked for' });

    expect(output).toMatchObject({ valid: false, validation_message: 'user_query must have at most 4000 characters.' });
  });

  it('that are missing get the defaults of the schema', async () => {
    const output = await tryTask(task, { validation_schema: querySchema, user_query: 'q', max_tokens: 7 });

    expect(output).toEqual({
      ai_provider: 'auto',
      valid: true,
      validation_errors: [],
      validation_message: '',
      validated_data: { user_query: 'q', ai_provider: 'auto', max_tokens: 7 },
    });
  });

  it('that may be empty can have null as their default, so that expressions find them', async () => {
    const validation_schema = { properties: { due: { type: ['string', 'null'], default: null } } };

    expect(await tryTask(task, { validation_schema })).toMatchObject({ valid: true, due: null });
  });

  it('are checked even when a caller sends something called data', async () => {
    const output = await tryTask(task, {
      validation_schema: querySchema,
      data: { user_query: 'fine' },
      user_query: '',
    });

    expect(output).toMatchObject({ valid: false, validation_message: 'user_query must not be empty.' });
  });

  it('cannot be checked when the schema names none', async () => {
    const thrown = await rejection(tryTask(task, { validation_schema: { type: 'object' } }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty(
      'message',
      'The validation_schema must name the variables to check in its properties.',
    );
  });
});

describe('a broken schema', () => {
  it.each([
    ['no JSON', '{"type":', /is no JSON/],
    ['no object', '[1]', /must be a JSON object/],
    ['an unknown type', { type: 'strin' }, /type/],
    ['a misspelt keyword', { maxLenght: 3 }, /unknown keyword: "maxLenght"/],
    ['an unknown format', { format: 'phone' }, /unknown format "phone"/],
    ['a pattern that is none', { pattern: '(' }, /[Ii]nvalid regular expression/],
    ['a dialect nobody speaks', { $schema: 'http://json-schema.org/draft-03/schema#' }, /its \$schema is none of/],
    ['a reference to a file', { $ref: 'file:///etc/passwd' }, /#\/\$ref may only refer to a part of the schema itself/],
    [
      'a reference to the network',
      { properties: { a: { $ref: 'https://example.com/schema' } } },
      /#\/properties\/a\/\$ref may only refer/,
    ],
    ['a reference to nothing', { $ref: '#/$defs/none' }, /can't resolve reference/],
    ['a promise', { $async: true }, /\$async is no keyword/],
    ['a very long pattern', { pattern: 'a'.repeat(501) }, /longer than 500 characters/],
    ['a very long pattern of names', { patternProperties: { ['a'.repeat(501)]: {} } }, /longer than 500 characters/],
    ['a great size', { enum: Array.from({ length: 6_000 }, (_, index) => index) }, /holds more than 5000 values/],
  ])('with %s opens an incident', async (_, schema, message) => {
    const thrown = await rejection(check(schema, {}));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(message);
  });

  it.each([
    ['a pattern that backtracks', { pattern: '^(a+)+$' }, 'a'.repeat(50) + '!'],
    ['an alternation that backtracks', { pattern: '^(a|aa)+$' }, 'a'.repeat(60) + '!'],
  ])(
    'with %s is stopped in time',
    async (_, rule, text) => {
      const started = performance.now();

      const thrown = await rejection(check({ properties: { a: rule } }, { a: text }));

      expect(thrown).toBeInstanceOf(TerminalError);
      expect(thrown).toHaveProperty(
        'message',
        'The validation_schema cannot be used: checking the data took longer than 1000 ms.',
      );
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    30_000,
  );

  it('reaches no prototype', async () => {
    const defaults = { properties: { polluted: { default: 'yes' } } };
    const schema = `{"properties":{"__proto__":${JSON.stringify(defaults)},"constructor":{"properties":{"prototype":${JSON.stringify(defaults)}}}}}`;

    const output = await check(schema, '{"__proto__":{"polluted":"yes"},"a":1}');

    expect(output).toMatchObject({ valid: true, validated_data: { a: 1 } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
