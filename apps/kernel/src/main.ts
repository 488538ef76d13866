import { readConfig } from '@procos/config';
import { createInMemoryEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { kernelFields } from './config.ts';

await runMain('kernel', async () => {
  const config = readConfig(kernelFields, process.env);
  const logger = createLogger({ component: 'kernel', level: config.logLevel });
  const stopTracing = await startTracing('kernel', config.otlpEndpoint);
  const eventBus = createInMemoryEventBus({ name: 'kernel', onHandlerError: (thrown) => logger.error('event_handler_failed', { error: thrown }) });
  return { app: createApp(config, { logger, eventBus, env: process.env }), logger, stopTracing };
});
