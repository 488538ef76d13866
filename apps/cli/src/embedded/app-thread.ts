import { parentPort, workerData } from 'node:worker_threads';
import { createKeptEventBus } from '@procos/event-bus';
import { createLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { serveSupervisor, type SupervisorCommand } from '@procos/service-kit';
import { declarationOf } from '../system/declaration-of.ts';
import type { ThreadData } from './thread-data.ts';

const { app, env, services, busName, busFile, logFile, logToStderr, logLevel } = workerData as ThreadData;
const port = parentPort;
if (port === null) throw new TypeError('This module runs only as a worker thread');

const logger = createLogger({ component: app, level: logLevel, file: logFile, stderr: logToStderr });
const eventBus = () =>
  createKeptEventBus({
    name: busName,
    file: busFile,
    onHandlerError: (thrown, event) => logger.error('event_handler_failed', { type: event?.type, error: thrown }),
  });
const directory = createInMemoryServiceDirectory(services);
// Alone in its process: what the environment says of Consul is for other programs.
const { CONSUL_URL: _, ...ownEnv } = env;

const channel = {
  post: (report: unknown) => port.postMessage(report),
  onCommand: (listener: (command: SupervisorCommand) => void) => void port.on('message', listener),
  close: () => port.close(),
};
await serveSupervisor(channel, async (supervisor) => {
  const declaration = await declarationOf(app);
  return declaration.assembleAmongOthers({ env: ownEnv, logger, directory, eventBus, supervisor });
});
