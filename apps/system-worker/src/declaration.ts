import { declareApp } from '@procos/service-kit';
import { systemWorkerFields } from './config.ts';

export const declaration = declareApp({
  name: 'system-worker',
  runs: 'always',
  copies: 'several',
  fields: systemWorkerFields,
  create: async (config, { logger, eventBus, directory, supervisor }) => {
    const [{ createApp }, { noComponentControl }] = await Promise.all([
      import('./app.ts'),
      import('./components/component-control.ts'),
    ]);
    // Restarting is the supervisor's work: it alone holds the others.
    return createApp(config, { logger, eventBus: eventBus(), directory, components: supervisor ?? noComponentControl });
  },
});
