import {
  createConsulLeadership,
  createConsulServiceDirectory,
  createInMemoryLeadership,
  createInMemoryServiceDirectory,
} from '@procos/service-directory';
import { declareApp } from '@procos/service-kit';
import { serviceRegistryFields } from './config.ts';

const name = 'service-registry';

export const declaration = declareApp({
  name,
  runs: 'distributed',
  copies: 'one',
  fields: serviceRegistryFields,
  openDirectory: ({ consulUrl: url, consulToken, lastGoodFile, inMemory }, logger) =>
    inMemory
      ? createInMemoryServiceDirectory([])
      : createConsulServiceDirectory({
          ...{ url, token: consulToken?.reveal(), lastGoodFile },
          onFault: (error) => logger.warn('directory_fault', { error }),
        }),
  isAnnounced: ({ inMemory }) => !inMemory,
  create: async (config, { logger, directory, eventBus }) => {
    const { createApp } = await import('./app.ts');
    const { rabbitmqUrl, inMemory, consulUrl: url, consulToken } = config;
    const bus = eventBus();
    const leadership = () =>
      inMemory
        ? createInMemoryLeadership({ name })
        : createConsulLeadership({
            ...{ url, token: consulToken?.reveal(), name },
            onFault: (error) => logger.warn('directory_fault', { error }),
          });
    // Without a broker nobody would hear of it.
    const changes = rabbitmqUrl === undefined ? {} : { changes: { eventBus: bus, leadership: leadership() } };
    return createApp(config, { logger, directory, ...changes });
  },
});
