import type { Config } from '@procos/config';
import { createEngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { type App, createWorkerApp, engineConnection, workerOptions } from '@procos/service-kit';
import { createTaskWorker } from '@procos/task-worker';
import { createMetrics } from '@procos/telemetry';
import { createPublishAsked } from './ai-events.ts';
import type { aiWorkerFields } from './config.ts';
import { createModelPull } from './providers/ollama-pull.ts';
import { aiTasks } from './tasks/index.ts';
import { unmetSettings } from './unmet-settings.ts';

export interface AiWorkerDeps {
  readonly logger: Logger;
  /** Where it is published that a model was asked. */
  readonly eventBus: Pick<EventBus, 'publish'>;
}

/** The worker that asks language models. The only part of the system that holds provider keys. */
export function createApp(config: Config<typeof aiWorkerFields>, { logger, eventBus }: AiWorkerDeps): App {
  for (const unmet of unmetSettings(config)) logger.warn('setting_not_honoured', { ...unmet });
  const pull = modelPull(config, logger);
  const metrics = createMetrics();
  const client = createEngineClient(engineConnection(config));
  const worker = createTaskWorker({
    client,
    workerType: 'ai-worker',
    tasks: aiTasks(config, createPublishAsked(eventBus), pull?.stateOf),
    logger,
    metrics,
    ...workerOptions(config),
  });
  const app = createWorkerApp({
    name: 'ai-worker',
    config,
    logger,
    metrics,
    worker,
    close: async () => {
      await pull?.stop();
      await client.close();
    },
  });
  if (pull === undefined) return app;
  return {
    ...app,
    start: async () => {
      await app.start();
      // Nobody waits for it: whoever is asked with another provider or model is served meanwhile.
      pull.start();
    },
  };
}

function modelPull({ pullModel, ollamaModel, ollamaUrl }: Config<typeof aiWorkerFields>, logger: Logger) {
  if (pullModel === undefined || pullModel === false) return undefined;
  return createModelPull({ url: ollamaUrl, model: pullModel === true ? ollamaModel : pullModel, logger });
}
