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

/** `superseded`: another waiting request of the same worker has taken the place of this one; over HTTP that is a 503. */
export type FakeFetchAnswer = readonly FakeTask[] | 'superseded';

export type FakeFetchQueue = ReturnType<typeof createFakeFetchQueue>;

/**
 * The engine's long polling (`FetchAndLockHandlerImpl`): all waiting requests are looked at again when a task appears or
 * is unlocked, and whenever one of them arrives or ends; another waiting one of the same worker supersedes the first.
 *
 * @param forgetsSuperseded the engine's setting `uniqueWorkerRequest`
 */
export function createFakeFetchQueue(store: FakeTaskStore, schedule: Schedule, forgetsSuperseded = true) {
  interface Waiting {
    readonly fetch: FakeFetch;
    readonly answer: (answer: FakeFetchAnswer) => void;
  }
  let waiting: Waiting[] = [];
  const take = ({ workerId, maxTasks, topics }: FakeFetch) => store.fetch(workerId, maxTasks, topics);

  function signal(): void {
    for (const entry of [...waiting]) {
      const tasks = take(entry.fetch);
      if (tasks.length > 0) answer(entry, tasks);
    }
  }

  function answer(entry: Waiting, given: FakeFetchAnswer): void {
    waiting = waiting.filter((other) => other !== entry);
    entry.answer(given);
  }

  return {
    /** A task has appeared or was unlocked. */
    signal,
    fetch: (fetch: FakeFetch, answerWith: (answer: FakeFetchAnswer) => void): void => {
      const tasks = take(fetch);
      if (tasks.length > 0 || fetch.waitMs === 0) return answerWith(tasks);
      const superseded = forgetsSuperseded ? waiting.filter((other) => other.fetch.workerId === fetch.workerId) : [];
      for (const entry of superseded) answer(entry, 'superseded');
      const entry = { fetch, answer: answerWith };
      waiting.push(entry);
      signal();
      schedule(fetch.waitMs, () => {
        signal();
        if (waiting.includes(entry)) answer(entry, []);
      });
    },
    /** A restarted engine knows of no request. */
    forgetAll: (): void => {
      waiting = [];
    },
  };
}
