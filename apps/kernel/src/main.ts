import { readConfig } from '@procos/config';
import { createLogger } from '@procos/logging';
import { announced, directoryFrom, eventBusFrom, runMain } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { createApp } from './app.ts';
import { kernelFields } from './config.ts';

await runMain('kernel', async (supervisor) => {
  const config = readConfig(kernelFields, process.env);
  const logger = createLogger({
    component: 'kernel',
    level: config.logLevel,
    file: config.logFile,
    fileLevel: config.fileLogLevel,
  });
  const stopTracing = await startTracing('kernel', config.otlpEndpoint);
  const eventBus = eventBusFrom(config, 'kernel', logger);
  const directory = directoryFrom(config, logger);
  // A supervisor shows the phases, knows the engine, and ends the other apps between the shutdown process and the end of the engine.
  const supervised = supervisor && {
    onPhase: (name: string, result?: object) => supervisor.progress({ name, result }),
    onEnginePid: (enginePid?: number) => supervisor.progress({ enginePid }),
    beforeEngineStop: supervisor.stopOthers,
  };
  const app = announced(createApp(config, { logger, eventBus, env: process.env, ...supervised }), {
    config,
    directory,
    logger,
  });
  return { app, logger, stopTracing, connections: [eventBus, directory] };
});
