import { type CoreState, endLease, type LeaseEntry } from './core-state.ts';
import type { HeldTask, Outcome, ReportAnswer } from './messages.ts';
import { retriesAfter } from './outcome.ts';

/** Tries when the engine fails at an outcome: optimistic locking passes, a broken model does not. */
const triesWhenFaulty = 3;
/** Tries when it fails even at taking a failure. */
const triesOfFailure = 10;
const longestWaitMs = 5_000;
/** The engine's clock and ours round differently. */
const slackMs = 5;

export function report(state: CoreState, lease: LeaseEntry, outcome: Outcome): void {
  lease.stage = 'reporting';
  lease.outcome = outcome;
  send(state, lease);
}

/** Sends what went unanswered again, and what had to wait. */
export function reportAgain(state: CoreState, now: number): void {
  for (const lease of state.leases.values()) {
    if (lease.stage === 'reporting' && lease.reportAt <= now) send(state, lease);
  }
}

export function onReported(state: CoreState, leaseId: number, answer: ReportAnswer, reason: string, now: number): void {
  const lease = state.leases.get(leaseId);
  if (lease?.stage !== 'reporting' || lease.outcome === undefined) return;
  switch (answer) {
    case 'accepted':
      return settle(state, lease, lease.outcome, now);
    // A task that is gone after an unanswered report was ended by that report.
    case 'gone':
      return endLease(state, lease, lease.unanswered ? 'accepted' : 'refused');
    case 'refused':
      return endLease(state, lease, 'refused');
    case 'faulty':
      return onFaulty(state, lease, lease.outcome, reason, now);
    case 'unanswered':
      lease.unanswered = true;
      return again(lease, now);
  }
}

/**
 * The engine gave out a task again whose outcome this worker still tries to tell.
 *
 * @returns whether that outcome had arrived, so that this is a new attempt
 */
export function answerLate(state: CoreState, lease: LeaseEntry, fetched: HeldTask, now: number): boolean {
  const { stage, outcome, unanswered } = lease;
  if (stage !== 'reporting' || !unanswered || outcome?.kind !== 'failure' || fetched.retries !== outcome.retries) return false;
  settle(state, lease, outcome, now);
  return true;
}

/** An extension on its way could arrive after a failure and lengthen the wait for the retry: the failure waits for it. */
function send(state: CoreState, lease: LeaseEntry): void {
  if (lease.outcome === undefined) return;
  if (lease.extending && lease.outcome.kind === 'failure') {
    lease.reportAt = Number.NEGATIVE_INFINITY;
    return;
  }
  lease.reportAt = Number.POSITIVE_INFINITY;
  state.commands.push({ kind: 'report', lease: lease.id, taskId: lease.task.id, outcome: lease.outcome });
}

function settle(state: CoreState, lease: LeaseEntry, outcome: Outcome, now: number): void {
  if (outcome.kind === 'failure' && outcome.retries > 0) {
    expectRetry(state, lease.task.id, outcome.retryInMs, now);
  }
  endLease(state, lease, 'accepted');
}

/** An engine that refuses a result (a broken expression behind the task, say) must not leave the task to run for ever: it counts as a failure. */
function onFaulty(state: CoreState, lease: LeaseEntry, outcome: Outcome, reason: string, now: number): void {
  const isFailure = outcome.kind === 'failure';
  if (lease.tries + 1 < (isFailure ? triesOfFailure : triesWhenFaulty)) return again(lease, now);
  if (isFailure) return endLease(state, lease, 'untold');
  lease.tries = 0;
  const left = retriesAfter(lease.task);
  report(state, lease, { kind: 'failure', message: `The engine refused the result: ${reason}`, details: '', retries: left, retryInMs: left === 0 ? 0 : lease.task.policy.backoffMs, isBug: true });
}

function again(lease: LeaseEntry, now: number): void {
  lease.tries++;
  lease.reportAt = now + Math.min(longestWaitMs, 50 * 2 ** lease.tries);
}

/** The engine tells nobody that a retry has fallen due: it is fetched then. */
export function expectRetry(state: CoreState, taskId: string, inMs: number, now: number): void {
  state.retriesDue.set(taskId, now + inMs + slackMs);
}
