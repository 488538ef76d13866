import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { attemptNumber, outcomeOfThrown } from './outcome.ts';
import { backoffMs, defaultRetryPolicy, retryPolicyOf } from './retry-policy.ts';

const first = { retriesLeft: null, policy: defaultRetryPolicy, random: () => 0 };

describe('what the engine is told about a thrown error', () => {
  it('a modelled error keeps its code and variables', () => {
    const outcome = outcomeOfThrown(new BpmnError('FILE_NOT_FOUND', 'no a.txt', { file_path: 'a.txt' }), first);

    expect(outcome).toEqual({ kind: 'bpmnError', code: 'FILE_NOT_FOUND', message: 'no a.txt', variables: { file_path: 'a.txt' } });
  });

  it('a terminal error leaves no retries', () => {
    expect(outcomeOfThrown(new TerminalError('no key', { details: 'set OPENAI_API_KEY' }), first)).toMatchObject({
      kind: 'failure',
      message: 'no key',
      details: 'set OPENAI_API_KEY',
      retries: 0,
      isBug: false,
    });
  });

  it('a retryable error uses up one retry and waits as long as it asks', () => {
    expect(outcomeOfThrown(new RetryableError('busy', { retryAfterMs: 70 }), { ...first, retriesLeft: 2 })).toMatchObject({
      kind: 'failure',
      retries: 1,
      retryInMs: 70,
      isBug: false,
    });
  });

  it('the first failure leaves as many retries as the policy says, the last none', () => {
    expect(outcomeOfThrown(new RetryableError('x'), first)).toMatchObject({ retries: 3, retryInMs: 2_500 });
    expect(outcomeOfThrown(new RetryableError('x'), { ...first, retriesLeft: 1 })).toMatchObject({ retries: 0, retryInMs: 0 });
  });

  it('anything else is a fault of the code: retried, and told with its stack', () => {
    const outcome = outcomeOfThrown(new TypeError('x is not a function'), first);

    expect(outcome).toMatchObject({ kind: 'failure', message: 'x is not a function', retries: 3, isBug: true });
    expect(outcome).toHaveProperty('details', expect.stringContaining('outcome.test.ts'));
  });
});

describe('the retry policy', () => {
  it('of an element wins over the defaults; what is no number is ignored', () => {
    expect(retryPolicyOf({ retries: '5', backoffMs: 'soon', timeoutMs: '900' }, defaultRetryPolicy)).toEqual({
      ...defaultRetryPolicy,
      retries: 5,
      timeoutMs: 900,
    });
  });

  it('doubles the wait, adds jitter and keeps to its cap', () => {
    const waits = [1, 2, 3, 20].map((attempt) => [backoffMs(defaultRetryPolicy, attempt, 0), backoffMs(defaultRetryPolicy, attempt, 1)]);

    expect(waits).toEqual([
      [2_500, 5_000],
      [5_000, 10_000],
      [10_000, 20_000],
      [150_000, 300_000],
    ]);
  });

  it('counts attempts from the retries that are left', () => {
    expect([null, 3, 2, 1].map((retriesLeft) => attemptNumber({ retriesLeft, policy: defaultRetryPolicy }))).toEqual([1, 2, 3, 4]);
  });
});
