import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { eventBridgeFields } from './config.ts';
import { leadershipFrom } from './leadership-from.ts';

await runMain('event-bridge', async () => {
  const config = readConfig(eventBridgeFields, process.env);
  const logger = createLogger({ component: 'event-bridge', level: config.logLevel });
  const stopTracing = await startTracing('event-bridge', config.otlpEndpoint);
  const eventBus = eventBusFrom(config, 'event-bridge', logger);
  const directory = directoryFrom(config, logger);
  const leadership = leadershipFrom(config, logger);
  const app = announced(createApp(config, { logger, eventBus, leadership }), { config, directory, logger });
  return { app, logger, stopTracing, connections: [eventBus, directory] };
});
