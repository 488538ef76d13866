import { declareApp, directoryFrom } from '@procos/service-kit';
import { gatewayFields } from './config.ts';

export const declaration = declareApp({
  name: 'gateway',
  runs: 'always',
  copies: 'one',
  fields: gatewayFields,
  openDirectory: (config, logger) => directoryFrom(config, logger, config.services),
  create: async (config, { logger, eventBus, directory }) => {
    const { createApp } = await import('./app.ts');
    return createApp(config, { logger, eventBus: eventBus(), directory });
  },
});
