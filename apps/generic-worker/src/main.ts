import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { genericWorkerFields } from './config.ts';

await runMain('generic-worker', async () => {
  const config = readConfig(genericWorkerFields, process.env);
  const logger = createLogger({ component: 'generic-worker', level: config.logLevel });
  const stopTracing = await startTracing('generic-worker', config.otlpEndpoint);
  const directory = directoryFrom(config, logger, config.services);
  const app = announced(createApp(config, { logger, directory }), { config, directory, logger });
  return { app, logger, stopTracing, connections: [directory] };
});
