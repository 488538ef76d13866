import { declareApp, directoryFrom } from '@procos/service-kit';
import { genericWorkerFields } from './config.ts';

export const declaration = declareApp({
  name: 'generic-worker',
  runs: 'always',
  copies: 'several',
  fields: genericWorkerFields,
  openDirectory: (config, logger) => directoryFrom(config, logger, config.services),
  create: async (config, { logger, directory }) => {
    const { createApp } = await import('./app.ts');
    return createApp(config, { logger, directory });
  },
});
