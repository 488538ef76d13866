import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { defaultRetryPolicy as policy } from '../retry-policy.ts';
import { thrownResult } from '../thrown-result.ts';
import { crashedOutcome, orphanOutcome, outcomeOf } from './outcome.ts';

const outcomeAfter = (thrown: unknown, retries: number | null = null, crashes = 0) =>
  outcomeOf(thrownResult(thrown), { retries, policy, crashes }, 0);
const task = (retries: number | null, crashes = 0) => ({
  id: 't',
  executionId: 'e',
  topic: 'x',
  retries,
  policy,
  crashes,
});

describe('what the engine is told about a thrown error', () => {
  it('a modelled error keeps its code and variables', () => {
    const outcome = outcomeAfter(new BpmnError('FILE_NOT_FOUND', 'no a.txt', { file_path: 'a.txt' }));

    expect(outcome).toEqual({
      kind: 'bpmnError',
      code: 'FILE_NOT_FOUND',
      message: 'no a.txt',
      variables: { file_path: 'a.txt' },
    });
  });

  it('a terminal error leaves no retries', () => {
    expect(outcomeAfter(new TerminalError('no key', { details: 'set OPENAI_API_KEY' }))).toMatchObject({
      kind: 'failure',
      message: 'no key',
      details: 'set OPENAI_API_KEY',
      retries: 0,
      isBug: false,
    });
  });

  it('a retryable error uses up one retry and waits as long as it asks', () => {
    expect(outcomeAfter(new RetryableError('busy', { retryAfterMs: 70 }), 2)).toMatchObject({
      kind: 'failure',
      retries: 1,
      retryInMs: 70,
      isBug: false,
    });
  });

  it('the first failure leaves as many retries as the policy says, the last none', () => {
    expect(outcomeAfter(new RetryableError('x'))).toMatchObject({ retries: 3, retryInMs: 2_500 });
    expect(outcomeAfter(new RetryableError('x'), 1)).toMatchObject({ retries: 0, retryInMs: 0 });
  });

  it('starts that ended with their worker, of which the engine does not know, have used up retries too', () => {
    expect(outcomeAfter(new RetryableError('x'), null, 2)).toMatchObject({ retries: 1, retryInMs: 10_000 });
    expect(outcomeAfter(new RetryableError('x'), 2, 1)).toMatchObject({ retries: 0 });
  });

  it('anything else is a fault of the code: retried, and told with its stack', () => {
    const outcome = outcomeAfter(new TypeError('x is not a function'));

    expect(outcome).toMatchObject({ kind: 'failure', message: 'x is not a function', retries: 3, isBug: true });
    expect(outcome).toHaveProperty('details', expect.stringContaining('outcome.test.ts'));
  });
});

describe('a task whose worker died', () => {
  it('has had an attempt; the first time it is tried again at once, later with back-off', () => {
    expect(orphanOutcome(task(null), 0)).toMatchObject({ kind: 'failure', retries: 3, retryInMs: 0 });
    expect(orphanOutcome(task(3), 0)).toMatchObject({ retries: 2, retryInMs: 2_500 });
  });

  it('becomes an incident when it was the last attempt, or when it ended its workers too often', () => {
    expect(orphanOutcome(task(1), 0)).toMatchObject({ retries: 0, retryInMs: 0 });
    expect(orphanOutcome(task(null, 3), 0)).toMatchObject({ retries: 0 });
    expect(crashedOutcome(task(null, 4))).toMatchObject({
      retries: 0,
      message: 'The worker died 4 times while it worked on this task',
    });
    expect(crashedOutcome(task(null, 1)).kind === 'failure' && crashedOutcome(task(null, 1))).toMatchObject({
      message: 'The worker died while it worked on this task',
    });
  });

  it('leaves the tries that are left, at once, while there are some', () => {
    expect(crashedOutcome(task(null, 1))).toMatchObject({ retries: policy.retries, retryInMs: 0 });
    expect(crashedOutcome(task(3, 2))).toMatchObject({ retries: 1, retryInMs: 0 });
  });
});
