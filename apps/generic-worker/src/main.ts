import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { genericWorkerFields } from './config.ts';

await runMain('generic-worker', async () => {
  const config = readConfig(genericWorkerFields, process.env);
  const logger = createLogger({ component: 'generic-worker', level: config.logLevel });
  const directory = createInMemoryServiceDirectory(config.services);
  const stopTracing = await startTracing('generic-worker', config.otlpEndpoint);
  return { app: createApp(config, { logger, directory }), logger, stopTracing };
});
