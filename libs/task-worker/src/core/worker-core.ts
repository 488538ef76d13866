import type { CoreState } from './core-state.ts';
import { createCoreState } from './create-core-state.ts';
import { beginDrain, continueDrain, onListedWhileDraining, onRecalled } from './draining.ts';
import { fetchMore, forgetSettled, onFetched, onFetchFailed } from './fetching.ts';
import { onListed, reclaimGhosts } from './ghosts.ts';
import { askAgain, onKeptRead } from './kept-results.ts';
import {
  extendLocks,
  onExtended,
  onHandled,
  onInspected,
  onUnlocked,
  returnLease,
  runWaiting,
  takeTasks,
} from './leases.ts';
import type { Command, WorkerEvent, WorkerState } from './messages.ts';
import { collectMs, type CoreOptions, settledAfterMs, supersededAfterMs } from './options.ts';
import { disown, onOrphanReported, reportOrphans } from './orphans.ts';
import { recheckAt, recheckLocks } from './rechecks.ts';
import { onReported, reportAgain } from './reporting.ts';
import { noteStandstill } from './standstill.ts';

export interface WorkerCore {
  /** Takes in what happened and tells what to do. @param now milliseconds of a clock that never goes back */
  handle(event: WorkerEvent, now: number): readonly Command[];
  state(): WorkerState;
  /** Tasks held. @param topic those of one topic only */
  held(topic?: string): number;
}

/**
 * All decisions of a worker: which tasks to fetch, when to run, extend, report, give back and end. It does nothing by
 * itself: events go in, commands come out, time and chance are handed in, so that a run can be repeated exactly.
 */
export function createWorkerCore(options: CoreOptions): WorkerCore {
  const state = createCoreState(options);
  return {
    state: () => state.phase,
    held: (topic) => (topic === undefined ? state.leases.size : (state.heldOf.get(topic) ?? 0)),
    handle: (event, now) => {
      if (state.phase === 'STOPPED' || state.phase === 'FAILED') return [];
      state.commands = [];
      noteStandstill(state, now);
      takeIn(state, event, now);
      carryOn(state, now);
      return state.commands;
    },
  };
}

function takeIn(state: CoreState, event: WorkerEvent, now: number): void {
  switch (event.kind) {
    case 'start':
      return begin(state, event, now);
    case 'engineKnown':
      state.forgetsSuperseded = event.forgetsSuperseded;
      return;
    case 'fetched':
      return takeFetched(state, event, now);
    case 'fetchFailed':
      return onFetchFailed(state, event.request, event.reason, now);
    case 'recalled':
      return onRecalled(state, event.done, now);
    case 'handled':
      return onHandled(state, event.lease, event.result);
    case 'extended':
      return onExtended(state, event.lease, event.answer, now);
    case 'inspected':
      return onInspected(state, event.lease, event.holder, now);
    case 'orphanReported':
      return onOrphanReported(state, event.taskId, event.answer, now);
    case 'reported':
      return onReported(state, event.lease, event.answer, event.reason ?? '', now);
    case 'keptRead':
      return onKeptRead(state, event.lease, event.kept, now);
    case 'unlocked':
      return onUnlocked(state, event.taskId, event.done);
    case 'listed':
      if (event.listing !== state.listing) return;
      return state.phase === 'DRAINING'
        ? onListedWhileDraining(state, event.taskIds, now)
        : onListed(state, event.taskIds, now);
    case 'stop':
      return beginDrain(state, event.graceMs, now);
    case 'timer':
      return;
  }
}

function begin(state: CoreState, { orphans }: Extract<WorkerEvent, { kind: 'start' }>, now: number): void {
  state.phase = 'RUNNING';
  // What a dead worker held before this one came comes back soon, if at all.
  state.lastWorkAt = now;
  for (const orphan of orphans) disown(state, orphan);
}

function takeFetched(
  state: CoreState,
  { request, tasks }: Extract<WorkerEvent, { kind: 'fetched' }>,
  now: number,
): void {
  const sentAt = state.fetches.get(request)?.sentAt ?? Number.NEGATIVE_INFINITY;
  onFetched(state, request, tasks, now);
  takeTasks(state, request, sentAt, tasks, now);
  forgetSettled(state);
}

/** What is due is done after each event, so that no order of events leaves anything behind. */
function carryOn(state: CoreState, now: number): void {
  if (state.phase === 'INITIALIZED') return;
  if (state.phase === 'RUNNING') runWaiting(state, now);
  // While draining, what a fetch still brought is given back.
  else
    for (const lease of state.leases.values())
      if (lease.stage === 'waiting' || lease.stage === 'asking') returnLease(state, lease);
  if (now - state.scannedAt >= scanEveryMs(state)) {
    state.scannedAt = now;
    extendLocks(state, now);
    reportAgain(state, now);
    askAgain(state, now);
  }
  reportOrphans(state, now);
  reclaimGhosts(state, now);
  fetchMore(state, now);
  recheckLocks(state, now);
  continueDrain(state, now);
  if (state.phase === 'RUNNING' || state.phase === 'DRAINING')
    state.commands.push({ kind: 'wake', at: nextWake(state, now) });
}

/** Locks and reports are looked through this often: often enough for both. */
function scanEveryMs({ options }: CoreState): number {
  return Math.min(100, options.lockDurationMs / 30);
}

function nextWake(state: CoreState, now: number): number {
  const times = [now + 1_000];
  if (state.leases.size > 0) times.push(state.scannedAt + scanEveryMs(state));
  if (state.fetchAfter > now) times.push(state.fetchAfter);
  if (state.backlog && state.answeredAt + collectMs > now) times.push(state.answeredAt + collectMs);
  for (const { sentAt, kind } of state.fetches.values())
    if (kind === 'poll') times.push(...[sentAt + settledAfterMs, sentAt + supersededAfterMs].filter((at) => at > now));
  if ([...state.fetches.values()].some(({ superseded }) => superseded)) times.push(now + supersededAfterMs);
  // One that is due and finds no place waits for the next event.
  for (const { at } of state.retriesDue.values()) if (at > now) times.push(at);
  for (const gate of state.gates.values()) {
    const at = gate.opensAt(now);
    if (at > now) times.push(at);
  }
  for (const fetch of state.fetches.values()) times.push(recheckAt(fetch));
  for (const { reportAt } of state.orphans.values()) times.push(reportAt);
  if (state.drain !== undefined)
    times.push(...[state.drain.abortAt, state.drain.endAt, state.drain.recheckAt].filter((at) => at > now));
  return Math.max(now + 1, Math.min(...times));
}
