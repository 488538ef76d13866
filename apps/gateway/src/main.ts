import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { gatewayFields } from './config.ts';

await runMain('gateway', async () => {
  const config = readConfig(gatewayFields, process.env);
  const logger = createLogger({ component: 'gateway', level: config.logLevel });
  const stopTracing = await startTracing('gateway', config.otlpEndpoint);
  const eventBus = eventBusFrom(config, 'gateway', logger);
  const directory = directoryFrom(config, logger, config.services);
  const app = announced(createApp(config, { logger, eventBus, directory }), { config, directory, logger });
  return { app, logger, stopTracing, connections: [eventBus, directory] };
});
