import { type CoreState, endLease, type LeaseEntry } from './core-state.ts';
import type { Achieved, Kept } from './messages.ts';
import { crashedOutcome, triesLeft } from './outcome.ts';
import { report } from './reporting.ts';

const longestWaitMs = 5_000;

/** Asks whether an earlier attempt at this task has achieved something that the engine did not take. */
export function ask(state: CoreState, lease: LeaseEntry): void {
  lease.stage = 'asking';
  lease.reportAt = Number.POSITIVE_INFINITY;
  state.commands.push({ kind: 'readKept', lease: lease.id, task: lease.task });
}

/** No handler starts before the question is answered: it may have done its work already. */
export function askAgain(state: CoreState, now: number): void {
  for (const lease of state.leases.values()) {
    if (lease.stage === 'asking' && lease.reportAt <= now) ask(state, lease);
  }
}

export function onKeptRead(state: CoreState, leaseId: number, kept: Kept, now: number): void {
  const lease = state.leases.get(leaseId);
  if (lease?.stage !== 'asking') return;
  // Meanwhile another worker may have told what was kept: a handler that started now would do its work again.
  if (kept === 'gone' || kept === 'refused') return endLease(state, lease, kept);
  if (kept !== 'unanswered') return takeKept(state, lease, kept === 'nothing' ? undefined : kept);
  lease.tries++;
  lease.reportAt = now + Math.min(longestWaitMs, 50 * 2 ** lease.tries);
}

/** What is kept is told instead of running the handler. */
export function takeKept(state: CoreState, lease: LeaseEntry, kept: Achieved | undefined): void {
  lease.stage = 'waiting';
  if (kept !== undefined) report(state, lease, { ...kept, wasKept: true });
  else if (lease.task.crashes > 0 && triesLeft(lease.task) === 0) report(state, lease, crashedOutcome(lease.task));
}
