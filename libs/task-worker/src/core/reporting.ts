import { growingWait } from '@procos/errors';
import { type CoreState, endLease, type LeaseEntry } from './core-state.ts';
import type { HeldTask, Outcome, ReportAnswer } from './messages.ts';
import { refusedOutcome, unkeptOutcome } from './outcome.ts';

/** Tries when the engine does not take an outcome: another request on its way at the same moment may be the reason. */
const triesWhenFaulty = 3;
/** Tries when it does not take a failure either. */
const triesOfFailure = 10;
/** How long an engine may fail at a report before that counts as its answer, in milliseconds: a database that starts anew passes. */
const patienceMs = 10_000;
/** How long where a failure has shed its text already and the result kept with it would be lost next. */
const patienceWithKeptMs = 300_000;
const waitMs = { first: 100, longest: 5_000 };
/** The engine's clock and ours round differently. */
const slackMs = 5;

export function report(state: CoreState, lease: LeaseEntry, outcome: Outcome): void {
  lease.stage = 'reporting';
  lease.outcome = outcome;
  lease.tries = 0;
  lease.failingSince = undefined;
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
      state.settled.set(lease.task.id, { retries: lease.task.retries, upTo: state.lastNumber });
      return endLease(state, lease, lease.unanswered ? 'accepted' : 'gone');
    case 'refused':
      return endLease(state, lease, 'refused');
    case 'faulty':
      if (lease.tries + 1 < (isBare(lease) ? triesOfFailure : triesWhenFaulty)) return again(lease, now);
      return isBare(lease)
        ? endLease(state, lease, 'untold')
        : notTaken(state, lease, lease.outcome, reason, 'for good');
    case 'broken':
      return isBare(lease) ? again(lease, now) : notTaken(state, lease, lease.outcome, reason, 'for good');
    case 'failing':
      lease.failingSince ??= now;
      lease.reason = reason;
      // An engine that fails at whatever it is told has not answered yet: the lease is kept until it does.
      if (isBare(lease) || now - lease.failingSince < (lease.isPlain ? patienceWithKeptMs : patienceMs))
        return again(lease, now);
      return notTaken(state, lease, lease.outcome, reason, 'for now');
    case 'unanswered':
      lease.unanswered = true;
      lease.failingSince = undefined;
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
  if (stage !== 'reporting' || !unanswered || outcome?.kind !== 'failure' || fetched.retries !== outcome.retries)
    return false;
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
  state.commands.push({ kind: 'report', lease: lease.id, task: lease.task, outcome: lease.outcome });
}

function settle(state: CoreState, lease: LeaseEntry, outcome: Outcome, now: number): void {
  state.settled.set(lease.task.id, { retries: lease.task.retries, upTo: state.lastNumber });
  if (outcome.kind === 'failure' && outcome.retries > 0) {
    expectRetry(state, lease.task, outcome.retryInMs, now);
  }
  endLease(state, lease, 'accepted');
}

/** Nothing of this report can be left out any more. */
function isBare({ isPlain, outcome }: LeaseEntry): boolean {
  return isPlain && outcome?.kind === 'failure' && outcome.keeps === undefined;
}

/**
 * What the engine does not take must not hold the task for ever: a result is told as a failure, a failure with less.
 *
 * @param reason the engine's own
 * @param refused `for good`: no repetition changes that
 */
function notTaken(
  state: CoreState,
  lease: LeaseEntry,
  outcome: Outcome,
  reason: string,
  refused: 'for good' | 'for now',
): void {
  if (outcome.kind !== 'failure') {
    report(
      state,
      lease,
      refusedOutcome(
        outcome,
        lease.task,
        `The engine refused the result: ${reason}`,
        refused,
        state.options.unkeepable,
      ),
    );
  } else if (!lease.isPlain) {
    // Its text may be the reason: a character that the database cannot hold, say.
    lease.isPlain = true;
    const message =
      outcome.keeps === undefined
        ? 'The task has failed; the engine did not take the text of its failure'
        : 'The engine refused the result; it did not take the text of its reason. The result is kept';
    report(state, lease, { ...outcome, message, details: '' });
  } else {
    report(state, lease, unkeptOutcome(outcome, `the engine did not take it (${reason})`));
  }
}

/** A worker that has to end waits no longer for an engine that fails at a result: that is told as a failure. */
export function giveUpResults(state: CoreState): void {
  for (const lease of state.leases.values()) {
    const { stage, outcome, failingSince, reportAt } = lease;
    if (
      stage === 'reporting' &&
      Number.isFinite(reportAt) &&
      outcome !== undefined &&
      outcome.kind !== 'failure' &&
      failingSince !== undefined
    ) {
      report(
        state,
        lease,
        refusedOutcome(
          outcome,
          lease.task,
          `The worker had to stop while the engine failed at the result: ${lease.reason}`,
          'for now',
          state.options.unkeepable,
        ),
      );
    }
  }
}

function again(lease: LeaseEntry, now: number): void {
  lease.tries++;
  lease.reportAt = now + growingWait(waitMs, lease.tries);
}

/** The engine tells nobody that a retry has fallen due: it is fetched then. */
export function expectRetry(
  state: CoreState,
  { id, topic }: Pick<HeldTask, 'id' | 'topic'>,
  inMs: number,
  now: number,
): void {
  state.retriesDue.set(id, { topic, at: now + inMs + slackMs });
}
