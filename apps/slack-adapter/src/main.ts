import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { slackAdapterFields } from './config.ts';

await runMain('slack-adapter', async () => {
  const config = readConfig(slackAdapterFields, process.env);
  const logger = createLogger({ component: 'slack-adapter', level: config.logLevel });
  const stopTracing = await startTracing('slack-adapter', config.otlpEndpoint);
  const directory = directoryFrom(config, logger);
  const app = announced(createApp(config, { logger }), { config, directory, logger });
  return { app, logger, stopTracing, connections: [directory] };
});
