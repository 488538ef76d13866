import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import {
  createConsulLeadership,
  createConsulServiceDirectory,
  createInMemoryLeadership,
  createInMemoryServiceDirectory,
} from '@procos/service-directory';
import { announced, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { serviceRegistryFields } from './config.ts';

await runMain('service-registry', async () => {
  const config = readConfig(serviceRegistryFields, process.env);
  const logger = createLogger({ component: 'service-registry', level: config.logLevel });
  const stopTracing = await startTracing('service-registry', config.otlpEndpoint);
  const { consulUrl: url, consulToken, lastGoodFile, inMemory } = config;
  const onFault = (error: unknown) => logger.warn('directory_fault', { error });
  const directory = inMemory
    ? createInMemoryServiceDirectory([])
    : createConsulServiceDirectory({ url, token: consulToken?.reveal(), lastGoodFile, onFault });
  const eventBus = eventBusFrom(config, 'service-registry', logger);
  const leadership = () =>
    inMemory
      ? createInMemoryLeadership({ name: 'service-registry' })
      : createConsulLeadership({ url, token: consulToken?.reveal(), name: 'service-registry', onFault });
  // Without a broker nobody would hear of it.
  const changes = config.rabbitmqUrl === undefined ? {} : { changes: { eventBus, leadership: leadership() } };
  const app = announced(createApp(config, { logger, directory, ...changes }), {
    config: inMemory ? { ...config, consulUrl: undefined } : config,
    directory,
    logger,
  });
  return { app, logger, stopTracing, connections: [eventBus] };
});
