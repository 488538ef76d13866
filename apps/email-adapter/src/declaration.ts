import { declareApp } from '@procos/service-kit';
import { emailAdapterFields } from './config.ts';

export const declaration = declareApp({
  name: 'email-adapter',
  runs: { whenSet: 'SMTP_HOST' },
  copies: 'one',
  fields: emailAdapterFields,
  create: async (config, { logger }) => {
    const { createApp } = await import('./app.ts');
    return createApp(config, { logger });
  },
});
