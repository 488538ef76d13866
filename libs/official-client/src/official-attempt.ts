import type { EventEmitter } from 'node:events';
import type { LockedTask } from '@procos/engine-client';
import { type HandlerResult, type LeaseEnd, type Outcome, thrownResult } from '@procos/task-worker/topic-worker';
import type { OfficialTask } from './official-package.ts';

type TaskReference = OfficialTask | string;

interface ReportedOutcome {
  readonly method: string;
  readonly task: TaskReference;
}

/** One attempt at a task by a handler of the official client, from the call of the handler to the engine's answer to its outcome. */
export interface OfficialAttempt {
  readonly locked: LockedTask;
  /** The outcome, as the handler reported it. @returns resolves when the engine has taken it */
  report(method: string, task: TaskReference, result: HandlerResult): Promise<void>;
  /** The handler has ended without an outcome: a callback may still report one, as long as the lock lasts that the handler asked for. */
  handlerEnded(): void;
  /** The handler has asked for a lock of this length, in milliseconds. */
  extended(lockMs: number): void;
  /** How the engine took the outcome. */
  ended(end: LeaseEnd, outcome: Outcome | undefined): void;
}

const longestTimer = 2 ** 31 - 1;

/** @param lockMs length of a lock that the subscription asks for: the official client keeps it no longer, so that is the time for late outcomes */
export function createOfficialAttempt(
  locked: LockedTask,
  events: EventEmitter,
  lockMs: number,
  resolve: (result: HandlerResult) => void,
): OfficialAttempt {
  const taken = Promise.withResolvers<void>();
  // Whether the handler waits for it is the handler's choice.
  taken.promise.catch(() => undefined);
  const silence = createSilence(lockMs, () =>
    resolve(thrownResult(new Error(`The handler of ${locked.topicName} has ended without reporting an outcome`))),
  );
  let reported: ReportedOutcome | undefined;
  let isOver = false;
  return {
    locked,
    report: (method, task, result) => {
      if (isOver || reported !== undefined)
        return Promise.reject(
          new Error(`The outcome of task ${locked.id} has been reported already, or its time was over`),
        );
      silence.end();
      reported = { method, task };
      resolve(result);
      return taken.promise;
    },
    handlerEnded: () => {
      if (reported === undefined && !isOver) silence.begin();
    },
    extended: silence.extend,
    ended: (end, outcome) => {
      silence.end();
      isOver = true;
      const fault = faultOf(locked.id, reported?.method, end, outcome);
      emitEnd(events, reported ?? { method: 'complete', task: locked.id }, fault);
      if (fault === undefined) taken.resolve();
      else taken.reject(fault);
    },
  };
}

/** The time in which a handler that has ended may still have its outcome reported, by a callback. */
function createSilence(lockMs: number, onOver: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let ms = lockMs;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(onOver, Math.min(ms, longestTimer));
  };
  return {
    begin,
    end,
    extend: (extendedMs: number) => {
      ms = extendedMs;
      if (timer !== undefined) begin();
    },
  };
}

function faultOf(
  taskId: string,
  method: string | undefined,
  end: LeaseEnd,
  outcome: Outcome | undefined,
): Error | undefined {
  if (end !== (method === 'unlock' ? 'returned' : 'accepted'))
    return new Error(`The engine did not take the outcome of task ${taskId}: ${end}`);
  const isReplaced = outcome?.kind === 'failure' && method !== undefined && method !== 'handleFailure';
  return isReplaced ? new Error(outcome.message) : undefined;
}

function emitEnd(events: EventEmitter, { method, task }: ReportedOutcome, fault: Error | undefined): void {
  const about = typeof task === 'string' ? { id: task } : task;
  emit(events, `${method}:${fault === undefined ? 'success' : 'error'}`, about, fault);
}

/** A listener that throws must not end the worker behind it. */
export function emit(events: EventEmitter, event: string, ...values: readonly unknown[]): void {
  try {
    events.emit(event, ...values.filter((value) => value !== undefined));
  } catch (thrown) {
    process.emitWarning(`A listener of ${event} has thrown: ${String(thrown)}`);
  }
}
