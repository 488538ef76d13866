import { afterAll, describe, expect, it } from 'vitest';
import { TerminalError } from '@procos/errors';
import { rejection } from '../testing/try-task.ts';
import { createSandbox } from '../transform/sandbox.ts';
import { createDataCheck } from './check-data.ts';
import { readSchema } from './read-schema.ts';
import { runCheck } from './run-check.ts';

const sandbox = createSandbox({ timeMs: 10_000, memoryMb: 128, maxCharacters: 1_000_000 });
afterAll(() => sandbox.close());
const checkData = createDataCheck(sandbox);
const { signal } = new AbortController();
const check = (schema: object, data: unknown) => checkData(readSchema(schema), data, { signal });

describe('a check', () => {
  it.each([
    ['is valid', { properties: { mail: { format: 'email' }, size: { default: 3 } } }, { mail: 'a@example.com' }],
    ['breaks an expression', { items: { pattern: '^a' } }, ['a', 'b']],
    ['holds something twice', { uniqueItems: true }, [1, 2, 1]],
    [
      'breaks a rule that is referred to',
      { $defs: { n: { type: 'number' } }, properties: { n: { $ref: '#/$defs/n' } } },
      { n: 'x' },
    ],
    ['lacks a member', { required: ['a'], properties: { b: { pattern: 'x' } } }, {}],
  ])('of data that %s gives in a process of its own what it gives here', async (_, schema, data) => {
    const outside = await check(schema, data);

    expect(outside).toEqual(runCheck(readSchema(schema), structuredClone(data)));
  });

  it('of expressions that backtrack does not hold up the other tasks, however many there are', async () => {
    await check({ pattern: 'a' }, 'the first one loads what is needed');
    const before = process.threadCpuUsage();

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => rejection(check({ pattern: '^(a+)+$' }, `${'a'.repeat(40)}${index}`))),
    );
    const { user, system } = process.threadCpuUsage(before);

    expect(new Set(outcomes.map((outcome) => (outcome as Error).message))).toEqual(
      new Set(['The validation_schema cannot be used: checking the data took longer than 1000 ms.']),
    );
    expect(outcomes.every((outcome) => outcome instanceof TerminalError)).toBe(true);
    // Each of them computes for a second, and not in this thread; how long it waits for a core is the machine's affair.
    expect((user + system) / 1e6).toBeLessThan(1);
  }, 60_000);

  it.each([
    { allOf: [{ $ref: '#' }] },
    { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
  ])('by a schema that refers to itself without end is an incident that says so: %j', async (schema) => {
    const thrown = await rejection(check(schema, {}));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', 'The validation_schema cannot be used: it refers to itself without end.');
  });

  it('tells of a broken schema first, even when the data are too large', async () => {
    expect(
      await rejection(
        check(
          { type: 'money' },
          Array.from({ length: 60_000 }, () => 1),
        ),
      ),
    ).toBeInstanceOf(TerminalError);
  });
});
