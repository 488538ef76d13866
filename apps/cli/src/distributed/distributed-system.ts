import { join } from 'node:path';
import type { Environment } from '@procos/config';
import { makeEvent } from '@procos/contracts';
import { type BootPhase, bootPhases, type PhaseResult } from '@procos/kernel';
import { createLogger, type Logger } from '@procos/logging';
import { brokerAddress, createRabbitMqEventBus, type EventBus } from '@procos/event-bus';
import { messageOf } from '@procos/errors';
import { appEnvironment } from '../system/app-environment.ts';
import type { Scale } from '../system/app-names.ts';
import { type AppSupervisor, createAppSupervisor } from '../system/app-supervisor.ts';
import type { AppSupervisorOptions } from '../system/supervised-app.ts';
import { type DataFolder, openDataFolder } from '../system/data-folder.ts';
import { refuseUnknownSettings } from '../system/known-settings.ts';
import { planPorts, type PortPlan, refuseBusyPorts } from '../system/port-plan.ts';
import { type BootedSystem, systemHost, type SystemOptions } from '../system/system-options.ts';
import { reportEngines, reportToPeople } from '../system/trouble-lines.ts';
import { appsOfSystem, copiesOf, idSuffix } from './app-copies.ts';
import { forgetDeadRecords } from './forget-dead-records.ts';
import { checkGivenServices } from './given-services.ts';
import { type OwnServers, startOwnServers } from './own-servers.ts';
import { servicesFolder } from './services-folder.ts';

/** Boots a whole system of processes: every app its own, on a real broker, directory and database. When it cannot, everything started is stopped again before the error is thrown. */
export async function bootDistributed(options: SystemOptions, scale: Scale): Promise<BootedSystem> {
  await refuseUnknownSettings(options.env);
  const plan = planPorts(options.portOffset);
  const data = await openDataFolder(options.dataDir);
  try {
    await refuseBusyPorts(plan, systemHost, appsOfSystem(options.env));
    return await bootOn(data, plan, options, scale);
  } catch (thrown) {
    data.removeRun();
    throw thrown;
  }
}

async function bootOn(data: DataFolder, plan: PortPlan, options: SystemOptions, scale: Scale): Promise<BootedSystem> {
  const { run, parts, onPids } = noteParts(data, plan, options, scale);
  const logger = supervisorLogger(data, options);
  const reported = createReporting(logger, options);
  // What is wrong with the folder is told before servers are started.
  const settings = appEnvironment(options, plan, data);
  const servers = (parts.servers = await startOwnServers(await checkGivenServices(options.env), {
    ...options,
    folder: servicesFolder(data.path),
    report: reported.report,
    onPids,
  }));
  const env = { ...settings, ...servers.env };
  reported.publishOn(env['RABBITMQ_URL'] ?? '');
  const { onProgress, phases } = followBoot(options, (pid) => {
    parts.enginePid = pid;
    onPids();
  });
  const apps = (parts.apps = createAppSupervisor(copiesOf({ options, scale, plan, data, env }), {
    report: reported.report,
    onProgress,
    onPids,
  }));
  const { url: gatewayUrl, engineUrl } = run;
  const places = placesIn(env);
  const system = assemble({ gatewayUrl, engineUrl, places, data, servers, apps, phases, close: reported.close });
  await startOrStop(system, apps, options, () => forgetDeadRecords(env, idSuffix(plan), logger));
  return system;
}

/** What runs is written down, again whenever it has changed. */
function noteParts(data: DataFolder, plan: PortPlan, { portOffset }: SystemOptions, scale: Scale) {
  const run = {
    pid: process.pid,
    url: `http://${systemHost}:${plan.gateway}`,
    engineUrl: `http://${systemHost}:${plan.engine}/engine-rest`,
    portOffset,
    distributed: true,
    scale,
    startedAt: new Date().toISOString(),
  };
  const parts: { apps?: AppSupervisor; servers?: OwnServers; enginePid?: number | undefined } = {};
  const onPids = () =>
    data.noteRun({
      ...run,
      enginePid: parts.enginePid,
      processes: parts.apps?.pids() ?? {},
      servers: parts.servers?.pids() ?? {},
      servicesPid: parts.servers?.launcherPid(),
    });
  data.writeRun(run);
  return { run, parts, onPids };
}

function supervisorLogger({ logsDir }: DataFolder, { logLevel: level, logToStderr: stderr }: SystemOptions): Logger {
  return createLogger({ component: 'supervisor', level, file: join(logsDir, 'supervisor.log'), stderr });
}

/** @param before what has to be done before the first app starts */
async function startOrStop(
  system: BootedSystem,
  apps: AppSupervisor,
  { env, signal }: SystemOptions,
  before: () => Promise<void>,
): Promise<void> {
  // The servers end in good order after the apps: with the stop below.
  const giveUp = () => void apps.killAll('stopped during boot');
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    await before();
    apps.load();
    await apps.startAll(['kernel']);
    await startTheOthers(apps, appsOfSystem(env));
  } catch (thrown) {
    await system.stop();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', giveUp);
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
  return { Broker: brokerAddress(broker), Directory: directory, Database: database.replace(/\?.*$/, '') };
}

interface SystemParts extends Pick<BootedSystem, 'gatewayUrl' | 'engineUrl' | 'data' | 'phases' | 'places'> {
  readonly servers: OwnServers;
  readonly apps: AppSupervisor;
  readonly close: () => Promise<void>;
}

function assemble({ servers, apps, close, data, ...reported }: SystemParts): BootedSystem {
  const shutDown = async (signal?: string) => {
    // The kernel runs the shutdown process, then asks for the end of the others, then ends the engine.
    await apps.stop('kernel', signal);
    await apps.stopAll();
    await close();
    await servers.stop();
    data.removeRun();
  };
  let stopping: Promise<void> | undefined;
  return {
    ...reported,
    data,
    stop: (signal) => (stopping ??= shutDown(signal)),
    kill: (signal) => void apps.killAll(signal).then(() => servers.kill(signal)),
  };
}

/** The phases of the kernel, shown as they come; and the process of every engine it starts, also when it was restarted. */
function followBoot(options: SystemOptions, onEnginePid: (pid?: number) => void) {
  const results: PhaseResult[] = [];
  const reportEngine = reportEngines(options.onTrouble);
  const onProgress = (_app: string, detail: unknown) => {
    const reported = detail as { name: BootPhase; result?: PhaseResult } | { enginePid?: number };
    if (!('name' in reported)) {
      reportEngine(reported.enginePid);
      return onEnginePid(reported.enginePid);
    }
    const { name, result } = reported;
    // A kernel that is restarted later boots again, and nobody looks.
    if (results.length === bootPhases.length) return;
    if (result !== undefined) results.push(result);
    options.onPhase(name, result);
  };
  return { onProgress, phases: () => results };
}

/** What becomes of the parts: in the log, as events once there is a broker, and at the terminal. */
function createReporting(logger: Logger, { onTrouble }: SystemOptions) {
  let eventBus: EventBus | undefined;
  const report: AppSupervisorOptions['report'] = (level, event, fields) => {
    logger[level](event, fields);
    eventBus
      ?.publish(makeEvent({ source: '/supervisor', type: `supervisor.${event}`, data: fields }))
      .catch((thrown: unknown) =>
        logger.warn('supervisor_event_not_published', { of: event, error: messageOf(thrown) }),
      );
  };
  return {
    report: reportToPeople(report, onTrouble),
    publishOn: (url: string) => {
      eventBus = createRabbitMqEventBus({
        url,
        name: 'supervisor',
        onHandlerError: (error) => logger.error('event_handler_failed', { error }),
      });
    },
    close: async () => void (await eventBus?.close()),
  };
}
