import { join } from 'node:path';
import { type Config, type Environment, readConfig } from '@procos/config';
import { createKeptEventBus } from '@procos/event-bus';
import { createApp as createKernel, kernelFields, type Kernel } from '@procos/kernel';
import { createLogger, type Logger } from '@procos/logging';
import { procosVersion } from '@procos/service-kit';
import { startTracing } from '@procos/telemetry';
import { appEnvironment } from '../system/app-environment.ts';
import { appsToRun, type ThreadedApp } from '../system/app-names.ts';
import { type AppSupervisor, createAppSupervisor } from '../system/app-supervisor.ts';
import { type DataFolder, openDataFolder, type RunningSystem } from '../system/data-folder.ts';
import { refuseUnknownSettings } from '../system/known-settings.ts';
import { planPorts, type PortPlan, refuseBusyPorts, serviceRecords } from '../system/port-plan.ts';
import { type BootedSystem, systemHost, type SystemOptions } from '../system/system-options.ts';
import { reportEngines, reportToPeople } from '../system/trouble-lines.ts';
import { openThread } from './open-thread.ts';

/** Boots a whole system in one Node process: the kernel here, every app in a thread, the engine as a child process. When it cannot, everything started is stopped again before the error is thrown. */
export async function bootEmbedded(options: SystemOptions): Promise<BootedSystem> {
  await refuseUnknownSettings(options.env);
  const plan = planPorts(options.portOffset);
  const data = await openDataFolder(options.dataDir);
  try {
    await refuseBusyPorts(plan, systemHost, ['kernel', ...appsToRun(options.env)]);
    return await bootOn(data, plan, options);
  } catch (thrown) {
    data.removeRun();
    throw thrown;
  }
}

async function bootOn(data: DataFolder, plan: PortPlan, options: SystemOptions): Promise<BootedSystem> {
  const run = {
    pid: process.pid,
    url: `http://${systemHost}:${plan.gateway}`,
    engineUrl: `http://${systemHost}:${plan.engine}/engine-rest`,
    portOffset: options.portOffset,
    startedAt: new Date().toISOString(),
  };
  const { system, kernel, apps } = await assemble(options, plan, data, run);
  const giveUp = () => kernel.kill('stopped during boot');
  options.signal.addEventListener('abort', giveUp, { once: true });
  data.writeRun(run);
  try {
    options.signal.throwIfAborted();
    apps.load();
    await kernel.start();
    await apps.startAll();
    return system;
  } catch (thrown) {
    await system.stop();
    throw thrown;
  } finally {
    options.signal.removeEventListener('abort', giveUp);
  }
}

/** Puts the parts together; nothing runs yet. */
async function assemble(
  options: SystemOptions,
  plan: PortPlan,
  data: DataFolder,
  run: RunningSystem,
): Promise<{ system: BootedSystem; kernel: Kernel; apps: AppSupervisor }> {
  const env = appEnvironment(options, plan, data);
  const busName = `embedded-${process.pid}-${options.portOffset}`;
  const { onPhase } = options;
  const config = readConfig(kernelFields, env);
  const logger = kernelLogger(config, options, data);
  const onHandlerError = (thrown: unknown) => logger.error('event_handler_failed', { error: thrown });
  const eventBus = createKeptEventBus({ name: busName, file: busFileOf(data), onHandlerError });
  const stopTracing = await startTracing('kernel', env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  const apps = appThreads(options, plan, data, env, busName, logger);
  const reportEngine = reportEngines(options.onTrouble);
  const onEnginePid = (enginePid?: number) => {
    reportEngine(enginePid);
    data.noteRun({ ...run, enginePid });
  };
  const kernel = createKernel(config, { logger, eventBus, env, onPhase, onEnginePid, beforeEngineStop: apps.stopAll });
  const stop = async (signal?: string) => {
    await kernel.stop(signal);
    await eventBus.close();
    await stopTracing();
    data.removeRun();
    await logger.close?.();
  };
  const kill = (signal: string) => {
    kernel.kill(signal);
    void apps.killAll(signal);
  };
  const system = { gatewayUrl: run.url, engineUrl: run.engineUrl, places: {}, data, phases: kernel.phases, stop, kill };
  return { system, kernel, apps };
}

function kernelLogger(
  { logFile, fileLogLevel }: Config<typeof kernelFields>,
  { logLevel: level, logToStderr: stderr }: SystemOptions,
  { logsDir }: DataFolder,
): Logger {
  const file = logFile ?? join(logsDir, 'kernel.log');
  return createLogger({ component: 'kernel', level, file, fileLevel: fileLogLevel, stderr });
}

function appThreads(
  options: SystemOptions,
  plan: PortPlan,
  data: DataFolder,
  env: Environment,
  busName: string,
  logger: Logger,
): AppSupervisor {
  const running = appsToRun(options.env);
  const services = serviceRecords(plan, systemHost, procosVersion, running);
  const threadData = (app: ThreadedApp) => ({
    app,
    env: { ...env },
    services,
    busName,
    busFile: busFileOf(data),
    logFile: join(data.logsDir, `${app}.log`),
    logToStderr: options.logToStderr,
    logLevel: options.logLevel,
  });
  const apps = running.map((app) => ({
    id: app,
    app,
    serviceId: `${app}-embedded`,
    open: () => openThread(threadData(app)),
  }));
  return createAppSupervisor(apps, {
    report: reportToPeople((how, event, fields) => logger[how](event, fields), options.onTrouble),
  });
}

const busFileOf = ({ eventsDir }: DataFolder) => join(eventsDir, 'queues.db');
