import type { ErrorObject } from 'ajv';
import { TerminalError } from '@procos/errors';
import { compileSchema, withoutEnd } from './compile-schema.ts';
import type { OutsideSchema } from './read-schema.ts';
import { OutOfTimeError, withinTime } from './within-time.ts';

/** Ordinary checks take a few milliseconds; a busy machine may stop a thread for a good part of a second. */
const validateTimeMs = 1_000;
/** So many broken rules are told; who breaks more has another problem. */
export const mostFindings = 100;

/** What a check found. */
export type Verdict =
  | { readonly kind: 'valid'; readonly data: unknown }
  | { readonly kind: 'invalid'; readonly data: unknown; readonly errors: readonly ErrorObject[] };

/**
 * Checks data against a schema, both from outside, in at most so much time. It holds up its thread meanwhile.
 *
 * @param data gets the defaults of the schema, when it has them filled in
 * @throws TerminalError when the schema cannot be used, or checking takes too long
 */
export function runCheck(given: OutsideSchema, data: unknown): Verdict {
  const validate = compileSchema(given);
  try {
    if (withinTime(validateTimeMs, () => validate(data))) return { kind: 'valid', data };
    return { kind: 'invalid', data, errors: (validate.errors ?? []).slice(0, mostFindings) };
  } catch (thrown) {
    throw asOutcome(thrown, given.parameter);
  }
}

function asOutcome(thrown: unknown, parameter: string): unknown {
  if (thrown instanceof OutOfTimeError) {
    return new TerminalError(`The ${parameter} cannot be used: checking the data ${thrown.message}.`, {
      details:
        'A pattern that backtracks, or uniqueItems on a long list, takes too long on these data. Rewrite that rule.',
      cause: thrown,
    });
  }
  return thrown instanceof RangeError ? withoutEnd(parameter, thrown) : thrown;
}
