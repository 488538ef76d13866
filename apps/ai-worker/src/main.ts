import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { aiWorkerFields } from './config.ts';

await runMain('ai-worker', async () => {
  const config = readConfig(aiWorkerFields, process.env);
  const logger = createLogger({ component: 'ai-worker', level: config.logLevel });
  const stopTracing = await startTracing('ai-worker', config.otlpEndpoint);
  const eventBus = eventBusFrom(config, 'ai-worker', logger);
  const directory = directoryFrom(config, logger);
  const app = announced(createApp(config, { logger, eventBus }), { config, directory, logger });
  return { app, logger, stopTracing, connections: [eventBus, directory] };
});
