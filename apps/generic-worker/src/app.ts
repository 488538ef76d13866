import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import type { Logger } from '@procos/logging';
import type { ServiceDirectory } from '@procos/service-directory';
import { type App, createWorkerApp, engineConnection, workerOptions } from '@procos/service-kit';
import { createTaskWorker } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import type { genericWorkerFields } from './config.ts';
import { fileSavesTo, fileVariablesOf } from './files/file-variable.ts';
import { createAddressGuard } from './http/address-guard.ts';
import { createGuardedAgent } from './http/guarded-agent.ts';
import { genericTasks } from './tasks/index.ts';
import { createSandbox } from './transform/sandbox.ts';

export interface GenericWorkerDeps {
  readonly logger: Logger;
  /** Where `service_call` finds services by name. */
  readonly directory: ServiceDirectory;
}

/** The worker for everyday work: HTTP, files, data. */
export function createApp(config: Config<typeof genericWorkerFields>, { logger, directory }: GenericWorkerDeps): App {
  const metrics = createMetrics();
  const client = createEngineClient(engineConnection(config));
  const publicDispatcher = createGuardedAgent(createAddressGuard({ allow: config.httpAllow }));
  const networkDispatcher = createGuardedAgent(createAddressGuard({ allow: config.httpAllow, reach: 'network' }));
  const sandbox = createSandbox({
    timeMs: config.transformTimeMs,
    memoryMb: config.transformMemoryMb,
    maxCharacters: config.transformMaxCharacters,
  });
  const worker = createTaskWorker({
    client,
    workerType: 'generic-worker',
    tasks: genericTasks({
      config,
      directory,
      publicDispatcher,
      networkDispatcher,
      sandbox,
      openFileVariable: fileVariablesOf(client),
      saveFileVariable: fileSavesTo(client),
    }),
    logger,
    metrics,
    ...workerOptions(config),
  });
  const close = async () => {
    sandbox.close();
    await Promise.all([client.close(), publicDispatcher.destroy(), networkDispatcher.destroy()]);
  };
  return createWorkerApp({ name: 'generic-worker', config, logger, metrics, worker, close });
}
