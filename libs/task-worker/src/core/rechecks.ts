import type { CoreState, OpenFetch } from './core-state.ts';
import { longestUnchecked } from './options.ts';

/** When a waiting poll next has the engine look for locks that have ended, which wake nobody there; infinite when it need not. */
export function recheckAt({ kind, superseded, rechecked, sentAt, waitMs }: OpenFetch): number {
  const isLong = kind === 'poll' && !superseded && !rechecked && waitMs > longestUnchecked;
  return isLong ? sentAt + waitMs / 3 : Number.POSITIVE_INFINITY;
}

/**
 * The engine looks through all waiting requests whenever one arrives or ends. So one more request, which asks for
 * nothing and waits for a third of the poll, makes two looks, and a worker that asks rarely still finds soon what a
 * dead one has left.
 */
export function recheckLocks(state: CoreState, now: number): void {
  if (state.phase !== 'RUNNING') return;
  for (const poll of state.fetches.values()) {
    if (recheckAt(poll) > now) continue;
    poll.rechecked = true;
    state.commands.push({ kind: 'recheck', waitMs: Math.round(poll.waitMs / 3) });
  }
}
