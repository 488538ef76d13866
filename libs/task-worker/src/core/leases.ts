import { addLease, type CoreState, endLease, type LeaseEntry, nextExtension } from './core-state.ts';
import type { ExtendAnswer, HandlerResult, HeldTask, Holder } from './messages.ts';
import { ask, takeKept } from './kept-results.ts';
import { attemptOf, outcomeOf } from './outcome.ts';
import { answerLate, report, reportAgain } from './reporting.ts';

/** Takes in tasks that the engine has locked for this worker. @param sentAt when they were asked for */
export function takeTasks(
  state: CoreState,
  request: number,
  sentAt: number,
  tasks: readonly HeldTask[],
  now: number,
): void {
  for (const task of tasks) {
    if (isSettled(state, request, task)) continue;
    const held = state.leaseOfTask.get(task.id);
    if (held !== undefined && goesOn(state, held, task, now)) continue;
    const lease: LeaseEntry = {
      id: ++state.lastNumber,
      task,
      stage: 'waiting',
      extendAt: nextExtension(state, now),
      extending: false,
      relocking: false,
      tries: 0,
      failingSince: undefined,
      reason: '',
      isPlain: false,
      unanswered: false,
      reportAt: Number.POSITIVE_INFINITY,
      askedAt: now,
    };
    addLease(state, lease);
    // Before a failure was reported, nothing can be kept; but an answer that the process stood still with may be out of date.
    if (task.retries === null && sentAt >= state.stoodStillAt) takeKept(state, lease, undefined);
    else ask(state, lease, now);
  }
}

/** Whether the outcome of this very attempt was taken after the engine had given the task out for this request. */
function isSettled({ settled }: CoreState, request: number, { id, retries }: HeldTask): boolean {
  const outcome = settled.get(id);
  return outcome !== undefined && request <= outcome.upTo && outcome.retries === retries;
}

/**
 * The lock had ended and this worker got its own task again: the work under way goes on, unless its outcome has arrived
 * or another attempt was counted in between.
 */
function goesOn(state: CoreState, held: LeaseEntry, task: HeldTask, now: number): boolean {
  if (answerLate(state, held, task, now)) return false;
  if (held.stage === 'returning') {
    endLease(state, held, 'returned');
    return false;
  }
  if (held.task.retries !== task.retries) {
    loseLease(state, held);
    return false;
  }
  held.extendAt = nextExtension(state, now);
  return true;
}

/** Starts handlers where their topic has room. */
export function runWaiting(state: CoreState, now: number): void {
  for (const lease of state.leases.values()) {
    if (lease.stage !== 'waiting') continue;
    const gate = state.gates.get(lease.task.topic);
    if (gate === undefined || gate.room(now) === 0) continue;
    gate.enter(now);
    lease.stage = 'running';
    state.commands.push({ kind: 'run', lease: lease.id, task: lease.task, attempt: attemptOf(lease.task) });
  }
}

/** A handler has ended. What comes from a lease that is over counts for nothing. */
export function onHandled(state: CoreState, leaseId: number, result: HandlerResult): void {
  const lease = state.leases.get(leaseId);
  if (lease?.stage !== 'running') return;
  state.gates.get(lease.task.topic)?.leave();
  if (result.kind === 'returned') return giveBack(state, lease);
  lease.stage = 'reporting';
  report(state, lease, outcomeOf(result, lease.task, state.options.random()));
}

/** Asks for longer locks where it is time, and again where there was no answer. */
export function extendLocks(state: CoreState, now: number): void {
  for (const lease of state.leases.values()) {
    const isReportUnderWay = lease.stage === 'reporting' && lease.reportAt === Number.POSITIVE_INFINITY;
    if (lease.extending || lease.extendAt > now || lease.stage === 'returning' || isReportUnderWay) continue;
    lease.extending = true;
    state.commands.push({ kind: 'extend', lease: lease.id, taskId: lease.task.id });
  }
}

export function onExtended(state: CoreState, leaseId: number, answer: ExtendAnswer, now: number): void {
  const lease = state.leases.get(leaseId);
  if (lease === undefined) return;
  const relocked = lease.relocking;
  lease.relocking = false;
  if (lease.stage === 'returning') return relocked ? giveBack(state, lease) : undefined;
  // An outcome on its way may be the reason for the refusal: its own answer decides.
  if (answer === 'refused' && lease.stage !== 'reporting') {
    if (relocked) return loseLease(state, lease);
    return void state.commands.push({ kind: 'inspect', lease: lease.id, taskId: lease.task.id });
  }
  lease.extending = false;
  reportAgain(state, now);
  lease.extendAt = answer === 'unanswered' ? now + state.options.lockDurationMs / 10 : nextExtension(state, now);
}

/** A lock that ended before it could be extended (the process or the engine stood still) is taken again if nobody else took it. */
export function onInspected(
  state: CoreState,
  leaseId: number,
  holder: Holder | 'gone' | 'unanswered',
  now: number,
): void {
  const lease = state.leases.get(leaseId);
  // Who gives it back does not take it again.
  if (lease === undefined || lease.stage === 'returning') return;
  if (holder === 'unanswered' || lease.stage === 'reporting') return onExtended(state, leaseId, 'unanswered', now);
  if (holder === 'gone') return loseLease(state, lease, 'gone');
  if (!holder.isThisWorker || holder.retries !== lease.task.retries) return loseLease(state, lease);
  lease.relocking = true;
  state.commands.push({ kind: 'relock', lease: lease.id, taskId: lease.task.id });
}

function loseLease(state: CoreState, lease: LeaseEntry, end: 'refused' | 'gone' = 'refused'): void {
  if (lease.stage === 'running')
    state.commands.push({ kind: 'abort', lease: lease.id, reason: `The lease of task ${lease.task.id} was lost` });
  endLease(state, lease, end);
}

/** Gives a task back unfinished. */
export function returnLease(state: CoreState, lease: LeaseEntry): void {
  if (lease.stage === 'running') {
    state.gates.get(lease.task.topic)?.leave();
    state.commands.push({ kind: 'abort', lease: lease.id, reason: 'The worker is stopping' });
  }
  giveBack(state, lease);
}

/** A request that takes the lock again may arrive behind the one that gives it back: its answer is waited for. */
function giveBack(state: CoreState, lease: LeaseEntry): void {
  lease.stage = 'returning';
  if (!lease.relocking) state.commands.push({ kind: 'unlock', taskId: lease.task.id });
}

/** An unlocked task is nobody's; one that could not be unlocked is tried again by the drain, or its lock ends. */
export function onUnlocked(state: CoreState, taskId: string, done: boolean): void {
  const lease = state.leaseOfTask.get(taskId);
  if (lease?.stage === 'returning') endLease(state, lease, done ? 'returned' : 'untold');
}
