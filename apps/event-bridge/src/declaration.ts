import { declareApp } from '@procos/service-kit';
import { eventBridgeFields } from './config.ts';

export const declaration = declareApp({
  name: 'event-bridge',
  runs: 'always',
  copies: 'one leads',
  fields: eventBridgeFields,
  create: async (config, { logger, eventBus }) => {
    const [{ createApp }, { leadershipFrom }] = await Promise.all([import('./app.ts'), import('./leadership-from.ts')]);
    return createApp(config, { logger, eventBus: eventBus(), leadership: leadershipFrom(config, logger) });
  },
});
