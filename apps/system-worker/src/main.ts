import { readConfig } from '@procos/config';
import { createInMemoryEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { noComponentControl } from './components/component-control.ts';
import { systemWorkerFields } from './config.ts';

await runMain('system-worker', async () => {
  const config = readConfig(systemWorkerFields, process.env);
  const logger = createLogger({ component: 'system-worker', level: config.logLevel });
  const stopTracing = await startTracing('system-worker', config.otlpEndpoint);
  const eventBus = createInMemoryEventBus({ name: 'system-worker', onHandlerError: (thrown) => logger.error('event_handler_failed', { error: thrown }) });
  const deps = { logger, eventBus, directory: createInMemoryServiceDirectory([]), components: noComponentControl };
  return { app: createApp(config, deps), logger, stopTracing };
});
