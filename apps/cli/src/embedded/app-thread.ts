import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { type ConfigFields, readConfig } from '@procos/config';
import { messageOf, toWireError } from '@procos/errors';
import { createInMemoryEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import type { App } from '@procos/service-kit';
import type { ComponentControl } from '@procos/system-worker';
import { startTracing } from '@procos/telemetry';
import type { ThreadedApp } from './app-names.ts';
import type { RestartAnswer, ThreadCommand, ThreadData, ThreadReport } from './thread-messages.ts';

const { app: name, env, services, busName, logFile, logToStderr, logLevel } = workerData as ThreadData;
const port = parentPort;
if (port === null) throw new TypeError('This module runs only as a worker thread');

const report = (message: ThreadReport) => port.postMessage(message);
const logger = createLogger({ component: name, level: logLevel, file: logFile, stderr: logToStderr });
const eventBus = createInMemoryEventBus({ name: busName, onHandlerError: (thrown, event) => logger.error('event_handler_failed', { type: event?.type, error: thrown }) });
const directory = createInMemoryServiceDirectory(services);
const restarts = new Map<string, (answer: RestartAnswer) => void>();

/** Restarting is the supervisor's work: it alone holds the threads. */
const components: ComponentControl = {
  restart: (service) =>
    new Promise((resolve, reject) => {
      const id = randomUUID();
      restarts.set(id, ({ reason }) => (reason === undefined ? resolve() : reject(new Error(reason))));
      report({ kind: 'restart', id, service });
    }),
};

/** Each app is loaded only in the thread that runs it. */
const makers: Record<ThreadedApp, () => Promise<App>> = {
  gateway: async () => {
    const { createApp, gatewayFields } = await import('@procos/gateway');
    return createApp(read(gatewayFields), { logger, eventBus, directory });
  },
  'system-worker': async () => {
    const { createApp, systemWorkerFields } = await import('@procos/system-worker');
    return createApp(read(systemWorkerFields), { logger, eventBus, directory, components });
  },
  'generic-worker': async () => {
    const { createApp, genericWorkerFields } = await import('@procos/generic-worker');
    return createApp(read(genericWorkerFields), { logger, directory });
  },
  'ai-worker': async () => {
    const { createApp, aiWorkerFields } = await import('@procos/ai-worker');
    return createApp(read(aiWorkerFields), { logger });
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

async function attempt(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const { status, body } = toWireError(thrown);
    report({ kind: 'failed', status, error: body, reason: messageOf(thrown) });
  }
}

let app: App | undefined;
const stopTracing = await startTracing(name, env['OTEL_EXPORTER_OTLP_ENDPOINT']);
await attempt(async () => {
  app = await makers[name]();
  report({ kind: 'loaded' });
});

port.on('message', (command: ThreadCommand) => {
  if (command.kind === 'restarted') {
    restarts.get(command.id)?.(command);
    restarts.delete(command.id);
  } else if (command.kind === 'start') {
    void attempt(async () => {
      await app?.start();
      report({ kind: 'started', url: app?.url() ?? '' });
    });
  } else {
    void attempt(async () => {
      await app?.stop();
      await stopTracing();
      await eventBus.close();
      report({ kind: 'stopped' });
      port.close();
    });
  }
});
