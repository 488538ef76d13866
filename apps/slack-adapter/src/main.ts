import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { slackAdapterFields } from './config.ts';

await runMain('slack-adapter', async () => {
  const config = readConfig(slackAdapterFields, process.env);
  const logger = createLogger({ component: 'slack-adapter', level: config.logLevel });
  const stopTracing = await startTracing('slack-adapter', config.otlpEndpoint);
  return { app: createApp(config, { logger }), logger, stopTracing };
});
