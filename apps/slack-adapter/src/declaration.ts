import { declareApp } from '@procos/service-kit';
import { slackAdapterFields } from './config.ts';

export const declaration = declareApp({
  name: 'slack-adapter',
  runs: { whenSet: 'SLACK_BOT_TOKEN' },
  copies: 'one',
  fields: slackAdapterFields,
  create: async (config, { logger }) => {
    const { createApp } = await import('./app.ts');
    return createApp(config, { logger });
  },
});
