import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import { type App, createWorkerApp, engineConnection, workerOptions } from '@procos/service-kit';
import { createTaskWorker } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { createHealthChecks } from './components/health-checks.ts';
import type { systemWorkerFields } from './config.ts';
import type { SystemWorkerDeps } from './deps.ts';
import { systemTasks } from './tasks/index.ts';

/** The worker behind the system processes: boot steps, health, recovery, routing, shutdown. */
export function createApp(
  config: Config<typeof systemWorkerFields>,
  { logger, eventBus, directory, components }: SystemWorkerDeps,
): App {
  const metrics = createMetrics();
  const engine = createEngineClient(engineConnection(config));
  const worker = createTaskWorker({
    client: engine,
    workerType: 'system-worker',
    tasks: systemTasks({
      engine,
      eventBus,
      components,
      health: createHealthChecks(directory, config),
      incidentDelayMs: config.incidentDelayMs,
    }),
    logger,
    metrics,
    ...workerOptions(config),
  });
  return createWorkerApp({
    name: 'system-worker',
    config,
    logger,
    metrics,
    worker,
    close: () => engine.close(),
  });
}
