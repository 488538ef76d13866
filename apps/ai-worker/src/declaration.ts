import { declareApp } from '@procos/service-kit';
import { aiWorkerFields } from './config.ts';

export const declaration = declareApp({
  name: 'ai-worker',
  runs: 'always',
  copies: 'several',
  fields: aiWorkerFields,
  create: async (config, { logger, eventBus }) => {
    const { createApp } = await import('./app.ts');
    return createApp(config, { logger, eventBus: eventBus() });
  },
});
