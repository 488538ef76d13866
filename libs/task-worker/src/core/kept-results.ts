import { growingWait } from '@procos/errors';
import { type CoreState, endLease, type LeaseEntry } from './core-state.ts';
import type { Achieved, Kept } from './messages.ts';
import { crashedOutcome } from './outcome.ts';
import { report } from './reporting.ts';

const waitMs = { first: 100, longest: 5_000 };

/** Asks whether an earlier attempt at this task has achieved something that the engine did not take, and whether the task is still this worker's. */
export function ask(state: CoreState, lease: LeaseEntry, now: number): void {
  lease.stage = 'asking';
  lease.askedAt = now;
  lease.reportAt = Number.POSITIVE_INFINITY;
  state.commands.push({ kind: 'readKept', lease: lease.id, task: lease.task });
}

/** No handler starts before the question is answered: it may have done its work already. */
export function askAgain(state: CoreState, now: number): void {
  for (const lease of state.leases.values()) {
    if (lease.stage === 'asking' && lease.reportAt <= now) ask(state, lease, now);
  }
}

export function onKeptRead(state: CoreState, leaseId: number, kept: Kept, now: number): void {
  const lease = state.leases.get(leaseId);
  if (lease?.stage !== 'asking') return;
  // Meanwhile another worker may have told what was kept: a handler that started now would do its work again.
  if (kept === 'gone' || kept === 'refused') return endLease(state, lease, kept);
  // The process stood still since it asked: the answer may be older than a lock.
  if (kept === 'nothing' && lease.askedAt < state.stoodStillAt) return ask(state, lease, now);
  if (kept !== 'unanswered') return takeKept(state, lease, kept === 'nothing' ? undefined : kept);
  lease.tries++;
  lease.reportAt = now + growingWait(waitMs, lease.tries);
}

/** What is kept is told instead of running the handler; starts that only the journal of this host knows are told before it. */
export function takeKept(state: CoreState, lease: LeaseEntry, kept: Achieved | undefined): void {
  lease.stage = 'waiting';
  if (kept !== undefined) report(state, lease, { ...kept, wasKept: true });
  else if (lease.task.crashes > 0) report(state, lease, crashedOutcome(lease.task));
}
