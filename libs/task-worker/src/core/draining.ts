import { type CoreState, type Drain, endLease, giveUpFetches, listLocks, unlockUnknown } from './core-state.ts';
import { returnLease } from './leases.ts';
import { giveUpResults } from './reporting.ts';
import { settledAfterMs } from './options.ts';

const recheckMs = 100;
/** Questions without an answer after which a worker that holds nothing asks no more. */
const triesToAsk = 3;

/** Stops fetching and gives back what has not begun. */
export function beginDrain(state: CoreState, graceMs: number, now: number): void {
  if (state.phase === 'INITIALIZED') return end(state, 'STOPPED');
  if (state.phase === 'DRAINING' && state.drain !== undefined) return shorten(state.drain, graceMs, now);
  if (state.phase !== 'RUNNING') return;
  state.phase = 'DRAINING';
  state.ghosts = 'none';
  state.drain = { ...timesOf(graceMs, now), aborted: false, recall: 'needed', unanswered: 0, recheckAt: now };
  for (const lease of state.leases.values())
    if (lease.stage === 'waiting' || lease.stage === 'asking') returnLease(state, lease);
}

function timesOf(graceMs: number, now: number): Pick<Drain, 'abortAt' | 'giveUpAt' | 'endAt'> {
  return { abortAt: now + graceMs * 0.7, giveUpAt: now + graceMs * 0.85, endAt: now + graceMs };
}

/** Told to stop once more, with less time. */
function shorten(drain: Drain, graceMs: number, now: number): void {
  const times = timesOf(graceMs, now);
  if (times.endAt < drain.endAt) Object.assign(drain, times);
}

/** Carries the drain on; it has ended when nothing is in work and the engine holds nothing for this worker. */
export function continueDrain(state: CoreState, now: number): void {
  const { drain } = state;
  if (state.phase !== 'DRAINING' || drain === undefined) return;
  if (now >= drain.endAt) return end(state, 'FAILED');
  if (now >= drain.abortAt && !drain.aborted) {
    drain.aborted = true;
    giveUpFetches(state);
    for (const lease of state.leases.values()) if (lease.stage === 'running') returnLease(state, lease);
  }
  if (now >= drain.giveUpAt) giveUpResults(state);
  recall(state, now);
  const isRecalled = !state.forgetsSuperseded || drain.recall === 'done';
  if (
    !isRecalled ||
    state.leases.size > 0 ||
    state.fetches.size > 0 ||
    state.ghosts === 'listing' ||
    now < drain.recheckAt
  )
    return;
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
  giveUpFetches(state);
}

/** Whether the engine may still lock a task for a request that this worker has given up. */
function mayStray({ forgetsSuperseded, strayUntil }: CoreState, now: number): boolean {
  return !forgetsSuperseded && now < strayUntil;
}

/** What the engine still holds for this worker is given back; it is asked until it holds nothing. */
export function onListedWhileDraining(state: CoreState, taskIds: readonly string[] | undefined, now: number): void {
  if (state.phase !== 'DRAINING' || state.drain === undefined || state.ghosts !== 'listing') return;
  state.ghosts = 'none';
  // What was fetched before the listing was asked for may have arrived after it.
  const isEmpty = taskIds !== undefined && unlockUnknown(state, taskIds, now) === 0 && state.leases.size === 0;
  if (isEmpty && !mayStray(state, now)) return end(state, 'STOPPED');
  // What strays is looked for when it can come no more; where the grace time is over sooner, just before its end.
  const lastLookAt = state.drain.endAt - 2 * recheckMs;
  state.drain.recheckAt = isEmpty ? Math.max(now + recheckMs, Math.min(state.strayUntil, lastLookAt)) : now + recheckMs;
  if (taskIds === undefined) unanswered(state, state.drain);
}

/** Who holds nothing waits for no engine that is away: what it may have locked for a lost request ends with its lock. */
function unanswered(state: CoreState, drain: Drain): void {
  drain.unanswered++;
  if (state.leases.size === 0 && drain.unanswered >= triesToAsk) end(state, 'FAILED');
}

function end(state: CoreState, phase: 'STOPPED' | 'FAILED'): void {
  state.phase = phase;
  for (const lease of state.leases.values()) {
    if (lease.stage === 'running')
      state.commands.push({ kind: 'abort', lease: lease.id, reason: 'The worker has stopped' });
    endLease(state, lease, 'untold');
  }
  state.commands.push({ kind: 'ended', state: phase });
}
