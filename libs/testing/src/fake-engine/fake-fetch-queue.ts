import type { FakeTask, FakeTaskStore } from './fake-task-store.ts';

export interface FakeFetch {
  readonly workerId: string;
  readonly maxTasks: number;
  /** Topic → lock length in milliseconds. */
  readonly topics: ReadonlyMap<string, number>;
  /** 0 = answered at once. */
  readonly waitMs: number;
}

/** Calls back after a while. */
export type Schedule = (afterMs: number, callback: () => void) => void;

/**
 * The engine's long polling (`FetchAndLockHandlerImpl`): a waiting request is looked at again when a task appears or is
 * unlocked, and at its end; another waiting one of the same worker makes it forget the first.
 *
 * @param forgetsSuperseded the engine's setting `uniqueWorkerRequest`
 */
export function createFakeFetchQueue(store: FakeTaskStore, schedule: Schedule, forgetsSuperseded = true) {
  interface Waiting {
    readonly fetch: FakeFetch;
    readonly answer: (tasks: readonly FakeTask[]) => void;
  }
  let waiting: Waiting[] = [];
  const take = ({ workerId, maxTasks, topics }: FakeFetch) => store.fetch(workerId, maxTasks, topics);

  function end(entry: Waiting): void {
    if (!waiting.includes(entry)) return;
    waiting = waiting.filter((other) => other !== entry);
    entry.answer(take(entry.fetch));
  }

  return {
    /** A task has appeared or was unlocked. */
    signal: (): void => {
      for (const entry of waiting) {
        const tasks = take(entry.fetch);
        if (tasks.length === 0) continue;
        waiting = waiting.filter((other) => other !== entry);
        entry.answer(tasks);
      }
    },
    fetch: (fetch: FakeFetch, answer: (tasks: readonly FakeTask[]) => void): void => {
      const tasks = take(fetch);
      if (tasks.length > 0 || fetch.waitMs === 0) return answer(tasks);
      if (forgetsSuperseded) waiting = waiting.filter((other) => other.fetch.workerId !== fetch.workerId);
      const entry = { fetch, answer };
      waiting.push(entry);
      schedule(fetch.waitMs, () => end(entry));
    },
    /** A restarted engine knows of no request. */
    forgetAll: (): void => {
      waiting = [];
    },
  };
}
