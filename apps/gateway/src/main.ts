import { readConfig } from '@procos/config';
import { createInMemoryEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { gatewayFields } from './config.ts';

await runMain('gateway', async () => {
  const config = readConfig(gatewayFields, process.env);
  const logger = createLogger({ component: 'gateway', level: config.logLevel });
  const stopTracing = await startTracing('gateway', config.otlpEndpoint);
  const onHandlerError = (error: unknown) => logger.error('event_handler_failed', { error });
  const eventBus = createInMemoryEventBus({ name: 'gateway', onHandlerError });
  const app = createApp(config, { logger, eventBus, directory: createInMemoryServiceDirectory(config.services) });
  return { app, logger, stopTracing };
});
