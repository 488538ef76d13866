import { growingWait } from '@procos/errors';
import { type CoreState, giveUpFetches, listLocks, unlockUnknown } from './core-state.ts';

const backoffMs = { first: 200, longest: 5_000 };

/**
 * After a fetch without an answer the engine may hold tasks for this worker that it never heard of. They are given back
 * before anything else is fetched, so that no answer under way can be mistaken for one.
 */
export function reclaimGhosts(state: CoreState, now: number): void {
  if (state.phase !== 'RUNNING' || state.ghosts !== 'suspected' || now < state.fetchAfter) return;
  giveUpFetches(state);
  listLocks(state);
}

export function onListed(state: CoreState, taskIds: readonly string[] | undefined, now: number): void {
  if (state.ghosts !== 'listing') return;
  if (taskIds === undefined) {
    state.ghosts = 'suspected';
    state.fetchFailures++;
    state.fetchAfter = now + growingWait(backoffMs, state.fetchFailures);
    return;
  }
  state.ghosts = 'none';
  unlockUnknown(state, taskIds, now);
}
