import { TerminalError } from '@procos/errors';
import type { OutsideSchema } from '../../validation/read-schema.ts';
import { runCheck, type Verdict } from '../../validation/run-check.ts';

/** A verdict, or why there is none. Crosses the border of the process as plain data. */
export type CheckResult =
  | { readonly ok: true; readonly verdict: Verdict }
  | { readonly ok: false; readonly message: string; readonly details: string };

export function check(schema: OutsideSchema, data: unknown): CheckResult {
  try {
    return { ok: true, verdict: runCheck(schema, data) };
  } catch (thrown) {
    if (thrown instanceof TerminalError) return { ok: false, message: thrown.message, details: thrown.details ?? '' };
    throw thrown;
  }
}
