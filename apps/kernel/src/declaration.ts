import { declareApp } from '@procos/service-kit';
import { kernelFields } from './config.ts';

export const declaration = declareApp({
  name: 'kernel',
  runs: 'first',
  copies: 'one',
  fields: kernelFields,
  logTo: ({ logFile: file, fileLogLevel: fileLevel }) => ({ file, fileLevel }),
  create: async (config, { env, logger, eventBus, supervisor }) => {
    const { createApp } = await import('./app.ts');
    // A supervisor shows the phases, knows the engine, and ends the other apps between the shutdown process and the end of the engine.
    const supervised = supervisor && {
      onPhase: (name: string, result?: object) => supervisor.progress({ name, result }),
      onEnginePid: (enginePid?: number) => supervisor.progress({ enginePid }),
      beforeEngineStop: supervisor.stopOthers,
    };
    return createApp(config, { logger, eventBus: eventBus(), env, ...supervised });
  },
});
