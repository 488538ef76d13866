import { type CoreState, type Drain, listLocks, unlockUnknown } from './core-state.ts';
import { returnLease } from './leases.ts';
import { settledAfterMs } from './options.ts';

const recheckMs = 100;
/** Questions without an answer after which a worker that holds nothing asks no more. */
const triesToAsk = 3;

/** Stops fetching and gives back what has not begun. */
export function beginDrain(state: CoreState, graceMs: number, now: number): void {
  if (state.phase !== 'RUNNING') return;
  state.phase = 'DRAINING';
  state.ghosts = 'none';
  state.drain = { abortAt: now + graceMs * 0.7, endAt: now + graceMs, aborted: false, recall: 'needed', unanswered: 0, recheckAt: now };
  for (const lease of state.leases.values()) if (lease.stage === 'waiting') returnLease(state, lease);
}

/** Carries the drain on; it has ended when nothing is in work and the engine holds nothing for this worker. */
export function continueDrain(state: CoreState, now: number): void {
  const { drain } = state;
  if (state.phase !== 'DRAINING' || drain === undefined) return;
  if (now >= drain.endAt) return end(state, 'FAILED');
  if (now >= drain.abortAt && !drain.aborted) {
    drain.aborted = true;
    leaveFetches(state, drain);
    for (const lease of state.leases.values()) if (lease.stage === 'running') returnLease(state, lease);
  }
  recall(state, now);
  const isRecalled = !state.forgetsSuperseded || drain.recall === 'done';
  if (!isRecalled || state.leases.size > 0 || state.fetches.size > 0 || state.ghosts === 'listing' || now < drain.recheckAt) return;
  listLocks(state);
}

/**
 * A waiting fetch of a worker that goes away would lock the next task, also one that this worker takes for failed while
 * the engine still has it. An engine that cannot forget them answers them in time.
 */
function recall(state: CoreState, now: number): void {
  const { drain } = state;
  if (drain === undefined || !state.forgetsSuperseded || drain.recall !== 'needed' || now < drain.recheckAt) return;
  // A fetch still on its way could arrive after the recall.
  const settledAt = Math.max(...[...state.fetches.values()].map(({ sentAt }) => sentAt + settledAfterMs));
  if (now < settledAt) {
    drain.recheckAt = settledAt;
    return;
  }
  drain.recall = 'sent';
  state.commands.push({ kind: 'recallFetches' });
}

export function onRecalled(state: CoreState, done: boolean, now: number): void {
  if (state.drain === undefined) return;
  state.drain.recall = done ? 'done' : 'needed';
  if (!done) return unanswered(state, state.drain);
  state.drain.recheckAt = now;
  dropFetches(state);
}

function dropFetches(state: CoreState): void {
  if (state.fetches.size > 0) state.commands.push({ kind: 'abortFetches' });
  state.fetches.clear();
}

/** What the engine does not forget may lock a task until its end: only then is it worth looking. */
function leaveFetches(state: CoreState, drain: Drain): void {
  const ends = [...state.fetches.values()].map(({ sentAt, waitMs }) => sentAt + waitMs + settledAfterMs);
  drain.recheckAt = Math.min(drain.endAt - 2 * recheckMs, Math.max(drain.recheckAt, ...ends));
  dropFetches(state);
}

/** What the engine still holds for this worker is given back; it is asked until it holds nothing. */
export function onListedWhileDraining(state: CoreState, taskIds: readonly string[] | undefined, now: number): void {
  if (state.phase !== 'DRAINING' || state.drain === undefined || state.ghosts !== 'listing') return;
  state.ghosts = 'none';
  // What was fetched before the listing was asked for may have arrived after it.
  if (taskIds !== undefined && unlockUnknown(state, taskIds, now) === 0 && state.leases.size === 0) return end(state, 'STOPPED');
  state.drain.recheckAt = now + recheckMs;
  if (taskIds === undefined) unanswered(state, state.drain);
}

/** Who holds nothing waits for no engine that is away: what it may have locked for a lost request ends with its lock. */
function unanswered(state: CoreState, drain: Drain): void {
  drain.unanswered++;
  if (state.leases.size === 0 && drain.unanswered >= triesToAsk) end(state, 'FAILED');
}

function end(state: CoreState, phase: 'STOPPED' | 'FAILED'): void {
  state.phase = phase;
  for (const { id } of state.leases.values()) state.commands.push({ kind: 'abort', lease: id, reason: 'The worker has stopped' });
  state.commands.push({ kind: 'ended', state: phase });
}
