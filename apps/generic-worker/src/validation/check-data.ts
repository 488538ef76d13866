import { parseJson } from '@procos/json';
import type { Sandbox } from '../transform/sandbox.ts';
import { boundedJson, JsonBoundsError } from './bounded-json.ts';
import { isQuick } from './is-quick.ts';
import { hasLongIntegers, withDoubles, withLongIntegers } from './long-integers.ts';
import type { OutsideSchema } from './read-schema.ts';
import { runCheck, type Verdict } from './run-check.ts';

const dataBounds = { depth: 64, values: 50_000, characters: 2_000_000 };

export type DataCheck = Verdict | { readonly kind: 'too-large'; readonly message: string };

export interface CheckOptions {
  readonly signal: AbortSignal;
  /** Changes the copy of the data that is checked. */
  readonly prepare?: (copy: unknown) => unknown;
}

/**
 * Checks data against a schema. Both are untrusted: bounded in size, and in the time they may take.
 *
 * @throws TerminalError when the schema cannot be used, or checking takes too long
 */
export type CheckData = (schema: OutsideSchema, data: unknown, options: CheckOptions) => Promise<DataCheck>;

/** What cannot take long is checked at once, anything else in a process of its own: it must not hold up the other tasks. */
export function createDataCheck(sandbox: Pick<Sandbox, 'check'>): CheckData {
  const check = async (schema: OutsideSchema, copy: unknown, signal: AbortSignal) =>
    isQuick(schema.schema, copy) ? runCheck(schema, copy) : sandbox.check(schema, copy, signal);
  return async (schema, data, { signal, prepare = (copy) => copy }) => {
    try {
      return await exactly(prepare(boundedJson(data, dataBounds)), (copy) => check(schema, copy, signal));
    } catch (thrown) {
      if (!(thrown instanceof JsonBoundsError)) throw thrown;
      // A schema that cannot be used is told first, whatever the data are.
      await check(schema, null, signal);
      return { kind: 'too-large', message: `The data is too large: it ${thrown.message}.` };
    }
  };
}

/** The validator knows doubles only: it checks a copy, and the long integers are put back into what it gives. */
async function exactly(data: unknown, check: (copy: unknown) => Promise<Verdict>): Promise<Verdict> {
  if (!hasLongIntegers(data)) return check(data);
  const verdict = await check(withDoubles(data));
  return { ...verdict, data: withLongIntegers(verdict.data, data) };
}

/** Text is taken for JSON unless the schema asks for text; what is no JSON is left for the schema to judge. */
export function dataOrItsJson(data: unknown, schema: unknown): unknown {
  if (typeof data !== 'string' || asksForText(schema)) return data;
  try {
    return parseJson(data);
  } catch {
    // No JSON: the text itself is the data.
    return data;
  }
}

function asksForText(schema: unknown): boolean {
  const { type } = schema as { readonly type?: unknown };
  return [type].flat().includes('string');
}
