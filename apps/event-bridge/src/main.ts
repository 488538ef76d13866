import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { eventBridgeFields } from './config.ts';

await runMain('event-bridge', async () => {
  const config = readConfig(eventBridgeFields, process.env);
  const logger = createLogger({ component: 'event-bridge', level: config.logLevel });
  const stopTracing = await startTracing('event-bridge', config.otlpEndpoint);
  return { app: createApp(config, { logger }), logger, stopTracing };
});
