import type { ErrorObject } from 'ajv';
import { TerminalError } from '@procos/errors';
import { boundedJson, JsonBoundsError } from './bounded-json.ts';
import type { CompiledSchema } from './compile-schema.ts';
import { OutOfTimeError, withinTime } from './within-time.ts';

const dataBounds = { depth: 64, values: 50_000, characters: 2_000_000 };
/** Ordinary checks take a few milliseconds; a busy machine may stop a thread for a good part of a second. */
const validateTimeMs = 1_000;
/** So many broken rules are told; who breaks more has another problem. */
export const mostFindings = 100;

/** What a check found. */
export type DataCheck =
  | { readonly kind: 'valid'; readonly data: unknown }
  | { readonly kind: 'invalid'; readonly data: unknown; readonly errors: readonly ErrorObject[] }
  | { readonly kind: 'too-large'; readonly message: string };

/**
 * Checks data against a schema. Both are untrusted: bounded in size, and in the time they may take.
 *
 * @param prepare changes the copy of the data that is checked
 * @throws TerminalError when checking takes too long
 */
export function checkData(compiled: CompiledSchema, data: unknown, prepare: (copy: unknown) => unknown = (copy) => copy): DataCheck {
  const { validate, parameter } = compiled;
  try {
    const copy = prepare(boundedJson(data, dataBounds));
    if (withinTime(validateTimeMs, () => validate(copy))) return { kind: 'valid', data: copy };
    return { kind: 'invalid', data: copy, errors: (validate.errors ?? []).slice(0, mostFindings) };
  } catch (thrown) {
    if (thrown instanceof JsonBoundsError) return { kind: 'too-large', message: `The data is too large: it ${thrown.message}.` };
    if (thrown instanceof OutOfTimeError) {
      throw new TerminalError(`The ${parameter} cannot be used: checking the data ${thrown.message}.`, {
        details: 'A pattern that backtracks, or uniqueItems on a long list, takes too long on these data. Rewrite that rule.',
        cause: thrown,
      });
    }
    throw thrown;
  }
}

/** Text is taken for JSON unless the schema asks for text; what is no JSON is left for the schema to judge. */
export function dataOrItsJson(data: unknown, schema: unknown): unknown {
  if (typeof data !== 'string' || asksForText(schema)) return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    // No JSON: the text itself is the data.
    return data;
  }
}

function asksForText(schema: unknown): boolean {
  const { type } = schema as { readonly type?: unknown };
  return [type].flat().includes('string');
}
