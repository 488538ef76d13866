import type { Command, HeldTask, LeaseEnd, Orphan, Outcome, WorkerState } from './messages.ts';
import { type CoreOptions, settledAfterMs } from './options.ts';
import type { TopicGate } from './topic-gate.ts';

/** One task that the engine has locked for this worker. */
export interface LeaseEntry {
  readonly id: number;
  readonly task: HeldTask;
  /** `asking` whether a result of it is kept, `waiting` for room in its topic, `running` its handler, `reporting` its outcome, or `returning` it unfinished. */
  stage: 'asking' | 'waiting' | 'running' | 'reporting' | 'returning';
  extendAt: number;
  extending: boolean;
  /** The lock had ended and is being taken again. */
  relocking: boolean;
  outcome?: Outcome;
  /** Reports of this outcome, or questions for a kept one, that failed. */
  tries: number;
  /** Since when the engine has failed at each report of this outcome. */
  failingSince: number | undefined;
  /** What it said then. */
  reason: string;
  /** The failure's own text was not taken: it is told without. */
  isPlain: boolean;
  /** Whether a report went unanswered: the engine may know the outcome already. */
  unanswered: boolean;
  /** When to report, or to ask, again; infinite while that is under way. */
  reportAt: number;
  /** When the question for a kept result was sent last. */
  askedAt: number;
}

export interface OpenFetch {
  /** A poll waits at the engine; a grab is answered at once. */
  readonly kind: 'poll' | 'grab';
  readonly sentAt: number;
  readonly waitMs: number;
  readonly topics: readonly string[];
  readonly maxTasks: number;
  superseded: boolean;
  /** The engine was asked to look for ended locks while this poll waits. */
  rechecked: boolean;
}

/** The report on a process that died. */
export interface OrphanReport {
  readonly orphan: Orphan;
  readonly outcome: Outcome;
  tries: number;
  /** When to report again; infinite while a report is under way. */
  reportAt: number;
}

/** How far a worker is with stopping. */
export interface Drain {
  /** When handlers are told to end. */
  readonly abortAt: number;
  /** When it waits no longer for an engine that fails at results. */
  readonly giveUpAt: number;
  /** When it ends, whatever is left. */
  readonly endAt: number;
  aborted: boolean;
  recall: 'needed' | 'sent' | 'done';
  /** Questions that the engine left unanswered. */
  unanswered: number;
  /** When to ask the engine next. */
  recheckAt: number;
}

/** All that a worker remembers. Changed only by the functions of this folder. */
export interface CoreState {
  readonly options: CoreOptions;
  readonly gates: ReadonlyMap<string, TopicGate>;
  /** Places of the window that are kept for each topic. */
  readonly shares: ReadonlyMap<string, number>;
  /** Tasks held of each topic. */
  readonly heldOf: Map<string, number>;
  readonly leases: Map<number, LeaseEntry>;
  readonly leaseOfTask: Map<string, LeaseEntry>;
  readonly fetches: Map<number, OpenFetch>;
  /** Failed tasks that wait for their retry → when it falls due. The engine lists them as locked. */
  readonly retriesDue: Map<string, { readonly topic: string; readonly at: number }>;
  /**
   * Tasks whose outcome was taken → with which retries, and the last request that was sent before. Their answers may be
   * older than the outcome: a lock that had ended was given to this worker again, and the outcome came after that.
   */
  readonly settled: Map<string, { readonly retries: number | null; readonly upTo: number }>;
  /** What the engine still has to be told of processes that died, by task. */
  readonly orphans: Map<string, OrphanReport>;
  phase: WorkerState;
  commands: Command[];
  lastNumber: number;
  lastWorkAt: number;
  /** The last answer was as full as it could be: there is more. */
  backlog: boolean;
  /** The next fetch leaves out topics that are nearly full. */
  skipScarce: boolean;
  /** The topics that the poll leaves out have been asked for since. */
  grabbed: boolean;
  /** Whether the engine forgets a worker's waiting request when it sends another. */
  forgetsSuperseded: boolean;
  answeredAt: number;
  /** Until when an engine that forgets no request may lock tasks for one that this worker has given up. */
  strayUntil: number;
  fetchFailures: number;
  /** No fetch before this time. */
  fetchAfter: number;
  /** A fetch ended without an answer: the engine may hold tasks for this worker that it knows nothing of. */
  ghosts: 'none' | 'suspected' | 'listing';
  /** Number of the listing that is under way. */
  listing: number;
  scannedAt: number;
  /** When the last event was taken in. */
  handledAt: number;
  /** When it was noticed last that the process had stood still: what it heard before may be older than its locks. */
  stoodStillAt: number;
  drain: Drain | undefined;
}

/** When this lease should be extended next: at a third of the lock, with jitter so that a batch does not ask at once. */
export function nextExtension({ options }: CoreState, now: number): number {
  return now + (options.lockDurationMs / 3) * (0.85 + 0.15 * options.random());
}

export function addLease(state: CoreState, lease: LeaseEntry): void {
  const { id, topic } = lease.task;
  state.leases.set(lease.id, lease);
  state.leaseOfTask.set(id, lease);
  state.heldOf.set(topic, (state.heldOf.get(topic) ?? 0) + 1);
}

/** Ends a lease and tells the outside. */
export function endLease(state: CoreState, lease: LeaseEntry, end: LeaseEnd): void {
  if (!state.leases.delete(lease.id)) return;
  state.leaseOfTask.delete(lease.task.id);
  state.heldOf.set(lease.task.topic, (state.heldOf.get(lease.task.topic) ?? 1) - 1);
  if (lease.stage === 'running') state.gates.get(lease.task.topic)?.leave();
  state.commands.push({ kind: 'leaseEnded', lease: lease.id, task: lease.task, end, outcome: lease.outcome });
}

/** Gives a fetch up: nobody waits for its answer any more. */
export function giveUpFetch(state: CoreState, request: number): void {
  const fetch = state.fetches.get(request);
  if (fetch === undefined) return;
  state.fetches.delete(request);
  state.strayUntil = Math.max(state.strayUntil, fetch.sentAt + fetch.waitMs + settledAfterMs);
}

export function giveUpFetches(state: CoreState): void {
  if (state.fetches.size > 0) state.commands.push({ kind: 'abortFetches' });
  for (const request of [...state.fetches.keys()]) giveUpFetch(state, request);
}

/** Asks the engine which tasks it holds for this worker. */
export function listLocks(state: CoreState): void {
  state.ghosts = 'listing';
  state.listing = ++state.lastNumber;
  state.commands.push({ kind: 'listLocks', listing: state.listing });
}

/** Gives back what the engine holds and this worker does not know of. @returns how many those are */
export function unlockUnknown(state: CoreState, taskIds: readonly string[], now: number): number {
  const unknown = taskIds.filter((id) => !state.leaseOfTask.has(id) && (state.retriesDue.get(id)?.at ?? 0) <= now);
  for (const taskId of unknown) state.commands.push({ kind: 'unlock', taskId });
  return unknown.length;
}
