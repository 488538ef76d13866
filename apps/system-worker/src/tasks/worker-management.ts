import { workerManagement } from '@procos/contracts';
import { messageOf } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { ComponentHealth } from '../components/health-checks.ts';
import type { SystemTools } from '../deps.ts';

const isWorker = ({ name, topics }: ComponentHealth) => topics.length > 0 || name.endsWith('-worker');

export function workerManagementTask({ health, components }: SystemTools): TaskDefinition {
  return defineTask(workerManagement, async ({ action }, { lease, logger }) => {
    let workers = (await health.checkAll(lease.signal)).filter(isWorker);
    const idle = workers.filter(({ healthy }) => !healthy);
    if (action === 'start_all' && idle.length > 0) {
      for (const { name } of idle) {
        // Health monitoring escalates what cannot be started; the other pools must not wait for it.
        await components.restart(name).catch((thrown: unknown) => logger.warn('worker_not_started', { worker: name, error: messageOf(thrown) }));
      }
      workers = (await health.settle(lease.signal, workers.map(({ name }) => name))).filter(isWorker);
    }
    return {
      workers: workers.map(({ name, state, topics }) => ({ name, state, topics: [...topics] })),
      workers_running: workers.filter(({ healthy }) => healthy).length,
    };
  });
}
