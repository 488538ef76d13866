import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { noComponentControl } from './components/component-control.ts';
import { systemWorkerFields } from './config.ts';

await runMain('system-worker', async (supervisor) => {
  const config = readConfig(systemWorkerFields, process.env);
  const logger = createLogger({ component: 'system-worker', level: config.logLevel });
  const stopTracing = await startTracing('system-worker', config.otlpEndpoint);
  const eventBus = eventBusFrom(config, 'system-worker', logger);
  const directory = directoryFrom(config, logger);
  const deps = { logger, eventBus, directory, components: supervisor ?? noComponentControl };
  const app = announced(createApp(config, deps), { config, directory, logger });
  return { app, logger, stopTracing, connections: [eventBus, directory] };
});
