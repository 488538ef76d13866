import { EngineRequestError, type EngineClient } from '@procos/engine-client';

export interface LeaseKeeper {
  readonly signal: AbortSignal;
  /** True once the engine has given the task to somebody else or ended it. */
  readonly lost: () => boolean;
  abort(reason: Error): void;
  release(): void;
}

/** Keeps a lock alive while a handler runs: extended at a third of its length; a lost lock aborts the handler. */
export function keepLease(client: EngineClient, workerId: string, taskId: string, lockDurationMs: number): LeaseKeeper {
  const controller = new AbortController();
  let lost = false;
  const extend = async () => {
    try {
      await client.externalTasks.extendLock(taskId, workerId, lockDurationMs);
    } catch (thrown) {
      // An engine that is away may come back before the lock ends; one that refuses has given the task away.
      if (!(thrown instanceof EngineRequestError) || thrown.status >= 500) return;
      lost = true;
      controller.abort(new Error(`The lease of task ${taskId} was lost`));
    }
  };
  const timer = setInterval(() => void extend(), lockDurationMs / 3);
  return {
    signal: controller.signal,
    lost: () => lost,
    abort: (reason) => controller.abort(reason),
    release: () => clearInterval(timer),
  };
}
