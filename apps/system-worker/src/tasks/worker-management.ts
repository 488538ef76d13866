import { workerManagement } from '@procos/contracts';
import { messageOf } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { type ComponentHealth, isWell, unwellOf } from '../components/health-checks.ts';
import type { SystemTools } from '../deps.ts';

const isWorker = ({ name, topics }: ComponentHealth) => topics.length > 0 || name.endsWith('-worker');

export function workerManagementTask({ health, components }: SystemTools): TaskDefinition {
  return defineTask(workerManagement, async ({ action }, { lease, logger }) => {
    let workers = (await health.checkAll(lease.signal)).filter(isWorker);
    const idle = Map.groupBy(unwellOf(workers), ({ name }) => name);
    if (action === 'start_all' && !isWell(workers)) {
      for (const [name, copies] of idle) {
        // Health monitoring escalates what cannot be started; the other pools must not wait for it.
        await components
          .restart(
            name,
            copies.map(({ serviceId }) => serviceId),
          )
          .catch((thrown: unknown) => logger.warn('worker_not_started', { worker: name, error: messageOf(thrown) }));
      }
      workers = (
        await health.settle(
          lease.signal,
          workers.map(({ name }) => name),
        )
      ).filter(isWorker);
    }
    return {
      workers: workers.map(({ name, state, topics }) => ({ name, state, topics: [...topics] })),
      workers_running: workers.filter(({ healthy }) => healthy).length,
    };
  });
}
