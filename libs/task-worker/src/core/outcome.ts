import { attemptNumber, backoffMs } from '../retry-policy.ts';
import type { Achieved, HandlerResult, HeldTask, Outcome } from './messages.ts';

/** What the engine is kept of a handler's result. No outcome is left for the lock to expire. @param random in [0, 1) */
export function outcomeOf(
  result: Exclude<HandlerResult, { kind: 'returned' }>,
  task: Attempted,
  random: number,
): Outcome {
  if (result.kind !== 'thrown') return result;
  const { fault, message, details, mayPass, retryAfterMs } = result;
  const left = fault === 'terminal' ? 0 : (result.retries ?? retriesAfter(task));
  const wait = retryAfterMs ?? backoffMs(task.policy, attemptOf(task), random);
  return {
    kind: 'failure',
    message,
    details,
    ...(mayPass === undefined ? {} : { mayPass }),
    retries: left,
    retryInMs: left === 0 ? 0 : wait,
    isBug: fault === 'bug',
  };
}

/** A task whose worker died in the middle was an attempt like any other; the first time it is tried again at once. */
export function orphanOutcome(task: HeldTask, random: number): Outcome {
  const retries = retriesAfter(task);
  const attempt = attemptOf(task);
  const retryInMs = retries === 0 || attempt === 1 ? 0 : backoffMs(task.policy, attempt - 1, random);
  return {
    kind: 'failure',
    message: 'The worker died while it worked on this task',
    details: '',
    mayPass: false,
    retries,
    retryInMs,
    isBug: true,
  };
}

/**
 * Starts that the engine has not counted, kept before the next one: whoever takes the task then, here or elsewhere, knows
 * of them. A task that ended its workers again and again is not started once more.
 */
export function crashedOutcome(task: HeldTask): Outcome {
  const times = task.crashes === 1 ? '' : ` ${task.crashes} times`;
  const message = `The worker died${times} while it worked on this task`;
  return { kind: 'failure', message, details: '', mayPass: false, retries: triesLeft(task), retryInMs: 0, isBug: true };
}

type Failure = Extract<Outcome, { kind: 'failure' }>;

/** A message holds 600 characters: what is said after the reason must fit in too. */
const longestReason = 420;

/**
 * A result that the engine does not take is a failure that keeps it: the next attempt tells it again, and no handler
 * runs. One that cannot be kept is not tried again by itself, because its handler would have to run again.
 *
 * @param refused `for good`: no repetition changes that, an incident tells people
 * @param unkeepable why it cannot be kept
 */
export function refusedOutcome(
  achieved: Achieved & { readonly wasKept?: boolean },
  task: Attempted,
  message: string,
  refused: 'for good' | 'for now',
  unkeepable: (achieved: Achieved) => string | undefined,
): Failure {
  const { wasKept = false, ...keeps } = achieved;
  const retries = refused === 'for good' ? 0 : retriesAfter(task);
  const failure: Failure = {
    kind: 'failure',
    message: cut(message.replace(/[.\s]+$/, '')),
    details: '',
    mayPass: refused === 'for now',
    retries,
    retryInMs: retries === 0 ? 0 : task.policy.backoffMs,
    isBug: true,
  };
  const reason = wasKept ? undefined : unkeepable(keeps);
  if (reason !== undefined) return unkeptOutcome(failure, reason);
  const kept = {
    ...failure,
    message: `${failure.message}. The result is kept: a retry sends it again without doing the work again`,
    details: `${message}\n\n${whatNext}`,
  };
  return wasKept ? kept : { ...kept, keeps };
}

const whatNext = [
  'The work of this task is done; what follows it in the process could not be carried out.',
  'Correct the variable or the model that is named above (a corrected model: deploy it and migrate this instance), then retry the incident.',
  'The retry hands over the result that is kept with the task.',
].join('\n');

/** The failure of a result that is not kept. */
export function unkeptOutcome({ keeps: _, ...failure }: Failure, reason: string): Failure {
  const message = `${cut(failure.message)}. The result could not be kept: ${reason}. A retry does the work again`;
  return { ...failure, message, details: message, mayPass: false, retries: 0, retryInMs: 0 };
}

function cut(text: string): string {
  return text.length <= longestReason ? text : `${text.slice(0, longestReason)}…`;
}

type Attempted = Pick<HeldTask, 'retries' | 'policy' | 'crashes'>;

/** Tries that are left before this attempt: a start that ended together with its worker was one, although the engine has not counted it. */
function triesLeft({ retries, policy, crashes }: Attempted): number {
  return Math.max(0, (retries ?? policy.retries + 1) - crashes);
}

/** Tries that are left when this attempt has failed. */
function retriesAfter(task: Attempted): number {
  return Math.max(0, triesLeft(task) - 1);
}

/** Number of this attempt, 1 for the first. */
export function attemptOf({ retries, policy, crashes }: Attempted): number {
  return attemptNumber(retries, policy) + crashes;
}
