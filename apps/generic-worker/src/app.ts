import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import { type App, createWorkerApp, engineConnection } from '@procos/service-kit';
import { createTaskWorker } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { type genericWorkerFields, portVariable } from './config.ts';
import { genericTasks } from './tasks/index.ts';

export interface GenericWorkerDeps {
  readonly logger: Logger;
}

/** The worker for everyday work: HTTP, files, data. */
export function createApp(config: Config<typeof genericWorkerFields>, { logger }: GenericWorkerDeps): App {
  const metrics = createMetrics();
  const client = createEngineClient(engineConnection(config));
  const { workerName, maxTasks, concurrency, lockDurationMs, retryBackoffMs } = config;
  const worker = createTaskWorker({
    client,
    workerType: 'generic-worker',
    ...(workerName === undefined ? {} : { workerName }),
    tasks: genericTasks({ config }),
    logger,
    metrics,
    maxTasks,
    concurrency,
    lockDurationMs,
    retryPolicy: { backoffMs: retryBackoffMs },
  });
  return createWorkerApp({ name: 'generic-worker', config, portVariable, logger, metrics, worker, close: () => client.close() });
}
