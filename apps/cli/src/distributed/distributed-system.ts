import { join } from 'node:path';
import type { Environment } from '@procos/config';
import { makeEvent } from '@procos/contracts';
import { type BootPhase, bootPhases, type PhaseResult } from '@procos/kernel';
import { createLogger, type Logger } from '@procos/logging';
import { createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { messageOf } from '@procos/errors';
import { appEnvironment } from '../system/app-environment.ts';
import type { Scale } from '../system/app-names.ts';
import { type AppSupervisor, type AppSupervisorOptions, createAppSupervisor, type SupervisedApp } from '../system/app-supervisor.ts';
import { type DataFolder, openDataFolder } from '../system/data-folder.ts';
import { refuseUnknownSettings } from '../system/known-settings.ts';
import { planPorts, refuseBusyPorts } from '../system/port-plan.ts';
import { type BootedSystem, systemHost, type SystemOptions } from '../system/system-options.ts';
import { appsOfSystem, copiesOf } from './app-copies.ts';
import { haveServices, type RealServices } from './real-services.ts';
import { servicesFolder } from './services-folder.ts';

/** Boots a whole system of processes: every app its own, on a real broker, directory and database. When it cannot, everything started is stopped again before the error is thrown. */
export async function bootDistributed(options: SystemOptions, scale: Scale): Promise<BootedSystem> {
  await refuseUnknownSettings(options.env);
  const plan = planPorts(options.portOffset);
  const data = await openDataFolder(options.dataDir);
  await refuseBusyPorts(plan, systemHost, appsOfSystem(options.env));
  const url = `http://${systemHost}:${plan.gateway}`;
  const engineUrl = `http://${systemHost}:${plan.engine}/engine-rest`;
  const run = { pid: process.pid, url, engineUrl, portOffset: options.portOffset, distributed: true, scale, startedAt: new Date().toISOString() };
  data.writeRun(run);
  const services = await haveServices(options.env, servicesFolder(data.path), options.onProgress, options.signal).catch((thrown: unknown) => {
    data.removeRun();
    throw thrown;
  });
  const env = { ...appEnvironment(options, plan, data), ...services.env };
  const tellPids = () => data.writeRun({ ...run, enginePid: state.enginePid, processes: state.apps?.pids() ?? {}, servicesPid: services.pid });
  const state: { apps?: AppSupervisor; enginePid?: number | undefined } = {};
  const onEnginePid = (pid?: number) => {
    state.enginePid = pid;
    tellPids();
  };
  const { apps, phases, close } = superviseProcesses(options, copiesOf({ options, scale, plan, data, env }), { data, brokerUrl: env['RABBITMQ_URL'] ?? '', onPids: tellPids, onEnginePid });
  state.apps = apps;
  const system = assemble({ gatewayUrl: url, engineUrl, places: placesIn(env), data, services, apps, phases, close });
  const giveUp = () => system.kill('stopped during boot');
  options.signal.addEventListener('abort', giveUp, { once: true });
  try {
    apps.load();
    await apps.startAll(['kernel']);
    await startTheOthers(apps, appsOfSystem(options.env));
    return system;
  } catch (thrown) {
    await system.stop();
    throw thrown;
  } finally {
    options.signal.removeEventListener('abort', giveUp);
  }
}

/** The system worker comes last: the first thing it does is to look who is there. */
async function startTheOthers(apps: AppSupervisor, names: readonly string[]): Promise<void> {
  await apps.startAll(names.filter((name) => name !== 'kernel' && name !== 'system-worker'));
  await apps.startAll(['system-worker']);
}

/** Where the services are, without user and password. */
function placesIn(env: Environment): BootedSystem['places'] {
  const { RABBITMQ_URL: broker = '', CONSUL_URL: directory = '', CAMUNDA_DB_URL: database = '' } = env;
  return { Broker: broker.replace(/\/\/[^/@]*@/, '//'), Directory: directory, Database: database.replace(/\?.*$/, '') };
}

interface SystemParts extends Pick<BootedSystem, 'gatewayUrl' | 'engineUrl' | 'data' | 'phases' | 'places'> {
  readonly services: RealServices;
  readonly apps: AppSupervisor;
  readonly close: () => Promise<void>;
}

function assemble({ services, apps, close, data, ...told }: SystemParts): BootedSystem {
  const shutDown = async (signal?: string) => {
    // The kernel runs the shutdown process, then asks for the end of the others, then ends the engine.
    await apps.stop('kernel', signal);
    await apps.stopAll();
    await close();
    await services.stop();
    data.removeRun();
  };
  let stopping: Promise<void> | undefined;
  return {
    ...told,
    data,
    stop: (signal) => (stopping ??= shutDown(signal)),
    kill: (signal) => void apps.killAll(signal).then(services.kill),
  };
}

interface SupervisionParts {
  readonly data: DataFolder;
  readonly brokerUrl: string;
  readonly onPids: () => void;
  /** Told by every kernel, also one that was restarted, for every engine it starts. */
  readonly onEnginePid: (pid?: number) => void;
}

/** The supervisor of all processes, which says what becomes of them in the log and as events. */
function superviseProcesses(options: SystemOptions, copies: readonly SupervisedApp[], { data, brokerUrl, onPids, onEnginePid }: SupervisionParts) {
  const logger = createLogger({ component: 'supervisor', level: options.logLevel, file: join(data.logsDir, 'supervisor.log'), stderr: options.logToStderr });
  const eventBus = createRabbitMqEventBus({ url: brokerUrl, name: 'supervisor', onHandlerError: (error) => logger.error('event_handler_failed', { error }) });
  const results: PhaseResult[] = [];
  const onProgress = (_app: string, detail: unknown) => {
    const told = detail as { name: BootPhase; ms?: number } | { enginePid?: number };
    if (!('name' in told)) return onEnginePid(told.enginePid);
    const { name, ms } = told;
    // A kernel that is restarted later boots again, and nobody looks.
    if (results.length === bootPhases.length) return;
    if (ms !== undefined) results.push({ name, ms });
    options.onPhase(name, ms);
  };
  const apps = createAppSupervisor(copies, { tell: tellWith(logger, eventBus), onProgress, onPids });
  return { apps, phases: () => results, close: () => eventBus.close() };
}

function tellWith(logger: Logger, eventBus: EventBus): AppSupervisorOptions['tell'] {
  return (level, event, fields) => {
    logger[level](event, fields);
    eventBus
      .publish(makeEvent({ source: '/supervisor', type: `supervisor.${event}`, data: fields }))
      .catch((thrown: unknown) => logger.warn('supervisor_event_not_published', { of: event, error: messageOf(thrown) }));
  };
}
