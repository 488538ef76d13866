import type { EngineClient } from '@procos/engine-client';

/** Does the tasks of the sample process: every tenth second task is refused, every seventh first task fails once. */
export function startSampleWorker({ externalTasks }: EngineClient, key: string): { stop(): Promise<void> } {
  const workerId = `sample/${key}`;
  const over = new AbortController();
  let count = 0;
  const work = async () => {
    while (!over.signal.aborted) {
      const topics = ['first', 'second'].map((name) => ({
        topicName: `${key}_${name}`,
        lockDuration: 20_000,
        variables: [],
      }));
      const tasks = await externalTasks.fetchAndLock({ workerId, maxTasks: 20, topics, waitMs: 200 });
      for (const task of tasks) {
        count += 1;
        if (task.topicName.endsWith('second') && count % 10 === 0)
          await externalTasks.bpmnError(task.id, workerId, { code: 'REFUSED', message: 'no' });
        else if (task.retries === null && count % 7 === 0)
          await externalTasks.fail(task.id, workerId, { errorMessage: 'not yet', retries: 2, retryTimeout: 0 });
        else await externalTasks.complete(task.id, workerId, {});
      }
    }
  };
  const working = work();
  return {
    stop: async () => {
      over.abort();
      await working;
    },
  };
}
