import { parentPort, workerData } from 'node:worker_threads';
import { type ConfigFields, readConfig } from '@procos/config';
import { createKeptEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { type App, serveSupervisor, type Supervisor, type SupervisorCommand } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import type { ThreadedApp } from '../system/app-names.ts';
import type { ThreadData } from './thread-data.ts';

const { app: name, env, services, busName, busFile, logFile, logToStderr, logLevel } = workerData as ThreadData;
const port = parentPort;
if (port === null) throw new TypeError('This module runs only as a worker thread');

const logger = createLogger({ component: name, level: logLevel, file: logFile, stderr: logToStderr });
const eventBus = createKeptEventBus({
  name: busName,
  file: busFile,
  onHandlerError: (thrown, event) => logger.error('event_handler_failed', { type: event?.type, error: thrown }),
});
const directory = createInMemoryServiceDirectory(services);

/** Each app is loaded only in the thread that runs it. */
const makers: Record<ThreadedApp, (supervisor: Supervisor) => Promise<App>> = {
  gateway: async () => {
    const { createApp, gatewayFields } = await import('@procos/gateway');
    return createApp(read(gatewayFields), { logger, eventBus, directory });
  },
  // Restarting is the supervisor's work: it alone holds the threads.
  'system-worker': async (components) => {
    const { createApp, systemWorkerFields } = await import('@procos/system-worker');
    return createApp(read(systemWorkerFields), { logger, eventBus, directory, components });
  },
  'generic-worker': async () => {
    const { createApp, genericWorkerFields } = await import('@procos/generic-worker');
    return createApp(read(genericWorkerFields), { logger, directory });
  },
  'ai-worker': async () => {
    const { createApp, aiWorkerFields } = await import('@procos/ai-worker');
    return createApp(read(aiWorkerFields), { logger, eventBus });
  },
  'event-bridge': async () => {
    const { createApp, eventBridgeFields, leadershipFrom } = await import('@procos/event-bridge');
    const config = read(eventBridgeFields);
    // Alone in its process: what the environment says of Consul is for other programs.
    return createApp(config, {
      logger,
      eventBus,
      leadership: leadershipFrom({ ...config, consulUrl: undefined }, logger),
    });
  },
  'email-adapter': async () => {
    const { createApp, emailAdapterFields } = await import('@procos/email-adapter');
    return createApp(read(emailAdapterFields), { logger });
  },
  'slack-adapter': async () => {
    const { createApp, slackAdapterFields } = await import('@procos/slack-adapter');
    return createApp(read(slackAdapterFields), { logger });
  },
};

function read<const Fields extends ConfigFields>(fields: Fields) {
  return readConfig(fields, env);
}

const stopTracing = await startTracing(name, env['OTEL_EXPORTER_OTLP_ENDPOINT']);
const channel = {
  post: (report: unknown) => port.postMessage(report),
  onCommand: (listener: (command: SupervisorCommand) => void) => void port.on('message', listener),
  close: () => port.close(),
};
await serveSupervisor(channel, async (supervisor) => ({
  app: await makers[name](supervisor),
  logger,
  stopTracing,
  connections: [eventBus, directory],
}));
