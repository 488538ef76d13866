import { BpmnError, messageOf, RetryableError, TerminalError } from '@procos/errors';
import { backoffMs, type RetryPolicy } from './retry-policy.ts';

/** What the engine is told about one attempt. */
export type Outcome =
  | { readonly kind: 'complete'; readonly variables: Readonly<Record<string, unknown>> }
  | { readonly kind: 'bpmnError'; readonly code: string; readonly message: string; readonly variables: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failure';
      readonly message: string;
      readonly details: string;
      /** 0 opens an incident. */
      readonly retries: number;
      readonly retryInMs: number;
      /** True when the handler failed in a way it does not know: a fault of the code. */
      readonly isBug: boolean;
    };

export interface Attempt {
  /** Tries left before this one; `null` on the first attempt. */
  readonly retriesLeft: number | null;
  readonly policy: RetryPolicy;
  readonly random: () => number;
}

/** Number of this attempt, 1 for the first. */
export function attemptNumber({ retriesLeft, policy }: Pick<Attempt, 'retriesLeft' | 'policy'>): number {
  return retriesLeft === null ? 1 : Math.max(1, policy.retries + 2 - retriesLeft);
}

/** Maps what a handler threw to what the engine is told. No outcome is left for the lock to expire. */
export function outcomeOfThrown(thrown: unknown, attempt: Attempt): Outcome {
  if (thrown instanceof BpmnError) {
    return { kind: 'bpmnError', code: thrown.code, message: thrown.message, variables: thrown.variables };
  }
  if (thrown instanceof TerminalError) {
    return { kind: 'failure', message: thrown.message, details: thrown.details ?? '', retries: 0, retryInMs: 0, isBug: false };
  }
  const number = attemptNumber(attempt);
  const retries = Math.max(0, (attempt.retriesLeft ?? attempt.policy.retries + 1) - 1);
  const known = thrown instanceof RetryableError;
  return {
    kind: 'failure',
    message: messageOf(thrown),
    details: known ? (thrown.details ?? '') : thrown instanceof Error ? (thrown.stack ?? '') : '',
    retries,
    retryInMs: retries === 0 ? 0 : ((known ? thrown.retryAfterMs : undefined) ?? backoffMs(attempt.policy, number, attempt.random())),
    isBug: !known,
  };
}
