import { describe, expect, it } from 'vitest';
import { attemptNumber, backoffMs, defaultRetryPolicy, retryPolicyOf } from './retry-policy.ts';

describe('the retry policy', () => {
  it('of an element wins over the defaults; what is no number is ignored', () => {
    expect(retryPolicyOf({ retries: '5', backoffMs: 'soon', timeoutMs: '900' }, defaultRetryPolicy)).toEqual({
      ...defaultRetryPolicy,
      retries: 5,
      timeoutMs: 900,
    });
  });

  it('takes an empty property for none, and a number beyond all timers for the longest of them', () => {
    expect(
      retryPolicyOf({ retries: '', backoffMs: ' ', maxBackoffMs: '1e3', timeoutMs: '2147483648' }, defaultRetryPolicy),
    ).toEqual({
      ...defaultRetryPolicy,
      timeoutMs: 2_147_483_647,
    });
  });

  it('doubles the wait, adds jitter and keeps to its cap', () => {
    const waits = [1, 2, 3, 20].map((attempt) => [
      backoffMs(defaultRetryPolicy, attempt, 0),
      backoffMs(defaultRetryPolicy, attempt, 1),
    ]);

    expect(waits).toEqual([
      [2_500, 5_000],
      [5_000, 10_000],
      [10_000, 20_000],
      [150_000, 300_000],
    ]);
  });

  it('counts attempts from the retries that are left', () => {
    expect([null, 3, 2, 1].map((retries) => attemptNumber(retries, defaultRetryPolicy))).toEqual([1, 2, 3, 4]);
  });
});
