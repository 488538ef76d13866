import type { LockedTask } from '@procos/engine-client';
import type { HandlerResult } from '../core/messages.ts';
import type { ServedTopic } from './served-topic.ts';

interface Run {
  readonly startedAt: number;
  readonly controller: AbortController;
  lockedUntil: number;
}

/** The handlers that run, each with the lease it works under. */
export interface HandlerRuns {
  start(lease: number, topic: ServedTopic, task: LockedTask, attempt: number): Promise<HandlerResult>;
  abort(lease: number, reason: string): void;
  /** The lock of a running task was extended. */
  extended(lease: number): void;
  /** @returns how long the handler ran until now, in milliseconds */
  end(lease: number): number;
}

export function createHandlerRuns(workerId: string, lockDurationMs: number): HandlerRuns {
  const runs = new Map<number, Run>();
  return {
    start: (lease, topic, task, attempt) => {
      const run: Run = {
        startedAt: performance.now(),
        controller: new AbortController(),
        lockedUntil: Date.now() + lockDurationMs,
      };
      runs.set(lease, run);
      return topic.attempt(task, {
        taskId: task.id,
        workerId,
        attempt,
        idempotencyKey: `${task.processInstanceId}:${task.activityInstanceId}`,
        signal: run.controller.signal,
        deadline: () => new Date(run.lockedUntil),
      });
    },
    abort: (lease, reason) => runs.get(lease)?.controller.abort(new Error(reason)),
    extended: (lease) => {
      const run = runs.get(lease);
      if (run !== undefined) run.lockedUntil = Date.now() + lockDurationMs;
    },
    end: (lease) => {
      const run = runs.get(lease);
      runs.delete(lease);
      return run === undefined ? 0 : performance.now() - run.startedAt;
    },
  };
}
