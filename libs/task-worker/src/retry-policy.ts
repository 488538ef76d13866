import { growingWait } from '@procos/errors';

/** How often and how soon a failed task is tried again. */
export interface RetryPolicy {
  /** Tries after the first one. @default 3 */
  readonly retries: number;
  /** Wait before the first retry, in milliseconds; doubles each time. @default 5000 */
  readonly backoffMs: number;
  /** Longest wait, in milliseconds. @default 300000 */
  readonly maxBackoffMs: number;
  /** How long one attempt may take, in milliseconds. @default 0 = no limit */
  readonly timeoutMs: number;
}

/** The largest number that timers, and the engine's own numbers, can hold: 24 days as milliseconds. */
const largest = 2 ** 31 - 1;

/** Defaults of the reference's worker environment: 3 retries, 5 s. */
export const defaultRetryPolicy: RetryPolicy = { retries: 3, backoffMs: 5_000, maxBackoffMs: 300_000, timeoutMs: 0 };

/** The policy of one element: `retries`, `backoffMs`, `maxBackoffMs` and `timeoutMs` among its `camunda:properties` win over the defaults. What is no whole number is ignored. */
export function retryPolicyOf(properties: Readonly<Record<string, string>>, defaults: RetryPolicy): RetryPolicy {
  const read = (name: keyof RetryPolicy) => {
    const text = properties[name]?.trim() ?? '';
    return /^\d+$/.test(text) ? Math.min(Number(text), largest) : defaults[name];
  };
  return {
    retries: read('retries'),
    backoffMs: read('backoffMs'),
    maxBackoffMs: read('maxBackoffMs'),
    timeoutMs: read('timeoutMs'),
  };
}

/** Number of an attempt, 1 for the first. @param retries tries left before it, `null` before the first failure */
export function attemptNumber(retries: number | null, policy: Pick<RetryPolicy, 'retries'>): number {
  return retries === null ? 1 : Math.max(1, policy.retries + 2 - retries);
}

/**
 * Exponential back-off with jitter: between half and the whole of `backoffMs · 2^(attempt−1)`, capped.
 *
 * @param random a number in [0, 1)
 */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = growingWait({ first: policy.backoffMs, longest: policy.maxBackoffMs }, attempt);
  return Math.round(full / 2 + (full / 2) * random);
}
