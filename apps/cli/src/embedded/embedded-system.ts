import { join } from 'node:path';
import { type Environment, readConfig } from '@procos/config';
import { createInMemoryEventBus } from '@procos/event-bus';
import { createApp as createKernel, type Kernel, kernelFields, type OnPhase } from '@procos/kernel';
import { createLogger, type Logger, type LogLevel, registerSecret } from '@procos/logging';
import { startTracing } from '@procos/telemetry';
import { appsToRun, type ThreadedApp } from './app-names.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { refuseUnknownSettings } from './known-settings.ts';
import { planPorts, type PortPlan, refuseBusyPorts, serviceRecords } from './port-plan.ts';
import { createThreadSupervisor, type ThreadSupervisor } from './thread-supervisor.ts';

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly portOffset: number;
  /** Built engine. */
  readonly engineHome: string;
  readonly processDirectory: string;
  readonly env: Environment;
  /** Logs always go to files in the data folder; with this also to standard error. */
  readonly logToStderr: boolean;
  readonly logLevel: LogLevel;
  readonly onPhase: OnPhase;
  /** Aborted = give the boot up. */
  readonly signal: AbortSignal;
}

/** A whole system in one Node process: the kernel here, every app in a thread, the engine as a child process. */
export interface EmbeddedSystem {
  readonly gatewayUrl: string;
  readonly engineUrl: string;
  readonly kernel: Kernel;
  readonly data: DataFolder;
  /** Runs the shutdown process, then stops apps and engine. Safe to call twice. */
  stop(signal?: string): Promise<void>;
  /** Ends everything at once. */
  kill(signal: string): void;
}

const host = '127.0.0.1';

/** Boots a whole system. When it cannot, everything started is stopped again before the error is thrown. */
export async function bootEmbedded(options: EmbeddedOptions): Promise<EmbeddedSystem> {
  await refuseUnknownSettings(options.env);
  const plan = planPorts(options.portOffset);
  const data = await openDataFolder(options.dataDir);
  await refuseBusyPorts(plan, host, appsToRun(options.env));
  const { system, apps } = await assemble(options, plan, data);
  const { kernel, gatewayUrl, engineUrl } = system;
  const run = { pid: process.pid, url: gatewayUrl, engineUrl, portOffset: options.portOffset, startedAt: new Date().toISOString() };
  const giveUp = () => kernel.kill('stopped during boot');
  options.signal.addEventListener('abort', giveUp, { once: true });
  data.writeRun(run);
  try {
    apps.load();
    await kernel.start();
    data.writeRun({ ...run, enginePid: kernel.enginePid() });
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
async function assemble(options: EmbeddedOptions, plan: PortPlan, data: DataFolder): Promise<{ system: EmbeddedSystem; apps: ThreadSupervisor }> {
  const env = environmentFor(options, plan, data);
  const busName = `embedded-${process.pid}-${options.portOffset}`;
  const kernelConfig = readConfig(kernelFields, env);
  const { logLevel: level, logToStderr: stderr, onPhase } = options;
  const logger = createLogger({ component: 'kernel', level, file: join(data.logsDir, 'kernel.log'), fileLevel: kernelConfig.fileLogLevel, stderr });
  const eventBus = createInMemoryEventBus({ name: busName, onHandlerError: (thrown) => logger.error('event_handler_failed', { error: thrown }) });
  const stopTracing = await startTracing('kernel', env['OTEL_EXPORTER_OTLP_ENDPOINT']);
  const apps = appThreads(options, plan, data, env, busName, logger);
  const kernel = createKernel(kernelConfig, { logger, eventBus, env, onPhase, beforeEngineStop: apps.stopAll });
  const stop = async (signal?: string) => {
    await kernel.stop(signal);
    await eventBus.close();
    await stopTracing();
    data.removeRun();
  };
  const engineUrl = `http://${host}:${plan.engine}/engine-rest`;
  const gatewayUrl = `http://${host}:${plan.gateway}`;
  return { system: { gatewayUrl, engineUrl, kernel, data, stop, kill: (signal) => kernel.kill(signal) }, apps };
}

/** What the apps read as their environment: the user's own, with the plan of this system on top. */
function environmentFor(options: EmbeddedOptions, plan: PortPlan, data: DataFolder): Environment {
  const { user, password } = data.credentials();
  registerSecret(password.reveal());
  return {
    AI_OFFLINE: 'true',
    ...options.env,
    PROCOS_HOST: host,
    CAMUNDA_BASE_URL: `http://${host}:${plan.engine}`,
    CAMUNDA_URL: `http://${host}:${plan.engine}/engine-rest`,
    PROCOS_ENGINE_USER: options.env['PROCOS_ENGINE_USER'] ?? user,
    PROCOS_ENGINE_PASSWORD: options.env['PROCOS_ENGINE_PASSWORD'] ?? password.reveal(),
    PROCOS_ENGINE_HOME: options.engineHome,
    PROCOS_ENGINE_DATA_DIR: data.engineDir,
    PROCOS_ENGINE_LOG_FILE: join(data.logsDir, 'engine.log'),
    PROCESS_DEPLOYMENT_PATH: options.processDirectory,
    KERNEL_READINESS_FILE: join(data.path, 'ready'),
    PROCOS_FILE_ROOT: data.filesDir,
    WORKER_JOURNAL_DIR: data.journalDir,
    PROCOS_KERNEL_PORT: String(plan.kernel),
    PROCOS_GATEWAY_PORT: String(plan.gateway),
    PROCOS_SYSTEM_WORKER_PORT: String(plan['system-worker']),
    PROCOS_GENERIC_WORKER_PORT: String(plan['generic-worker']),
    PROCOS_AI_WORKER_PORT: String(plan['ai-worker']),
    PROCOS_EMAIL_ADAPTER_PORT: String(plan['email-adapter']),
    PROCOS_SLACK_ADAPTER_PORT: String(plan['slack-adapter']),
  };
}

function appThreads(options: EmbeddedOptions, plan: PortPlan, data: DataFolder, env: Environment, busName: string, logger: Logger): ThreadSupervisor {
  const running = appsToRun(options.env);
  const services = serviceRecords(plan, host, '0.1.0', running);
  const threadData = (app: ThreadedApp) => ({
    app,
    env: { ...env },
    services,
    busName,
    logFile: join(data.logsDir, `${app}.log`),
    logToStderr: options.logToStderr,
    logLevel: options.logLevel,
  });
  return createThreadSupervisor(running.map(threadData), logger);
}
