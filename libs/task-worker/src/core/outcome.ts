import { attemptNumber, backoffMs } from '../retry-policy.ts';
import type { HandlerResult, HeldTask, Outcome } from './messages.ts';

/** What the engine is told of a handler's result. No outcome is left for the lock to expire. @param random in [0, 1) */
export function outcomeOf(result: Exclude<HandlerResult, { kind: 'returned' }>, task: Attempted, random: number): Outcome {
  if (result.kind !== 'thrown') return result;
  const { fault, message, details, retryAfterMs } = result;
  const left = fault === 'terminal' ? 0 : (result.retries ?? retriesAfter(task));
  const wait = retryAfterMs ?? backoffMs(task.policy, attemptOf(task), random);
  return { kind: 'failure', message, details, retries: left, retryInMs: left === 0 ? 0 : wait, isBug: fault === 'bug' };
}

/** A task whose worker died in the middle was an attempt like any other; the first time it is tried again at once. */
export function orphanOutcome(task: HeldTask, random: number): Outcome {
  const retries = retriesAfter(task);
  const attempt = attemptOf(task);
  const retryInMs = retries === 0 || attempt === 1 ? 0 : backoffMs(task.policy, attempt - 1, random);
  return { kind: 'failure', message: 'The worker died while it worked on this task', details: '', retries, retryInMs, isBug: true };
}

/** A task that ended its workers again and again is not started once more. */
export function crashedOutcome(task: HeldTask): Outcome {
  const times = task.crashes === 1 ? '' : ` ${task.crashes} times`;
  const message = `The worker died${times} while it worked on this task`;
  return { kind: 'failure', message, details: '', retries: 0, retryInMs: 0, isBug: true };
}

type Attempted = Pick<HeldTask, 'retries' | 'policy' | 'crashes'>;

/** Tries that are left before this attempt: a start that ended together with its worker was one, although the engine has not counted it. */
export function triesLeft({ retries, policy, crashes }: Attempted): number {
  return Math.max(0, (retries ?? policy.retries + 1) - crashes);
}

/** Tries that are left when this attempt has failed. */
export function retriesAfter(task: Attempted): number {
  return Math.max(0, triesLeft(task) - 1);
}

/** Number of this attempt, 1 for the first. */
export function attemptOf({ retries, policy, crashes }: Attempted): number {
  return attemptNumber(retries, policy) + crashes;
}
