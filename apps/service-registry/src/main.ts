import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { createConsulServiceDirectory, createInMemoryServiceDirectory } from '@procos/service-directory';
import { announced, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { serviceRegistryFields } from './config.ts';

await runMain('service-registry', async () => {
  const config = readConfig(serviceRegistryFields, process.env);
  const logger = createLogger({ component: 'service-registry', level: config.logLevel });
  const stopTracing = await startTracing('service-registry', config.otlpEndpoint);
  const { consulUrl: url, consulToken, lastGoodFile, inMemory } = config;
  const onFault = (error: unknown) => logger.warn('directory_fault', { error });
  const directory = inMemory ? createInMemoryServiceDirectory([]) : createConsulServiceDirectory({ url, token: consulToken?.reveal(), lastGoodFile, onFault });
  const app = announced(createApp(config, { logger, directory }), { config: inMemory ? { ...config, consulUrl: undefined } : config, directory, logger });
  return { app, logger, stopTracing };
});
