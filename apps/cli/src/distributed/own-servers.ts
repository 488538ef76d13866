import type { Environment } from '@procos/config';
import { type AppSupervisor, createAppSupervisor } from '../system/app-supervisor.ts';
import type { AppSupervisorOptions } from '../system/supervised-app.ts';
import { createServerLauncher } from './server-launcher.ts';
import { serviceKinds, type ServiceName } from './service-kinds.ts';

/** Broker, directory and database of a distributed system, as far as it has started them itself. */
export interface OwnServers {
  /** What tells the apps where they are. */
  readonly env: Environment;
  /** Process ids of those that run now. */
  pids(): Readonly<Record<string, number>>;
  /** Process that runs them; `undefined` when there is none. */
  launcherPid(): number | undefined;
  stop(): Promise<void>;
  kill(signal: string): Promise<void>;
}

export interface OwnServersOptions extends Pick<AppSupervisorOptions, 'report' | 'onPids'> {
  readonly env: Environment;
  /** Holds their state. */
  readonly folder: string;
  readonly onProgress: (message: string) => void;
  /** Aborted = give it up. */
  readonly signal: AbortSignal;
}

const noServers: OwnServers = {
  env: {},
  pids: () => ({}),
  launcherPid: () => undefined,
  stop: async () => undefined,
  kill: async () => undefined,
};

/** Longer than the launcher gives a server that does not end in good order. */
const graceMs = 25_000;

/**
 * Starts servers from what the machine has and keeps them running: one that ends is started again, with the same state on
 * the same ports, so that nobody has to be told where it is.
 *
 * @throws PROCOS_CLI_SERVICE_MISSING
 */
export async function startOwnServers(
  names: readonly ServiceName[],
  { env, folder, onProgress, signal, report, onPids }: OwnServersOptions,
): Promise<OwnServers> {
  if (names.length === 0) return noServers;
  const launcher = createServerLauncher(names, env, folder, onProgress);
  const servers = createAppSupervisor(
    names.map((name) => ({ id: name, app: name, kind: 'server', graceMs, open: () => launcher.open(name) })),
    { report, ...(onPids === undefined ? {} : { onPids }) },
  );
  const stop = async () => {
    await servers.stopAll('server');
    await launcher.close();
  };
  const kill = async (reason: string) => {
    await servers.killAll(reason);
    await launcher.close();
  };
  onProgress(`Starting ${names.join(', ')}…`);
  await startOrStop(servers, stop, signal);
  const settings = names.map((name) => serviceKinds[name].settings(launcher.started(name) ?? { url: '' }));
  return {
    env: Object.assign({}, ...settings) as Environment,
    pids: servers.pids,
    launcherPid: launcher.pid,
    stop,
    kill,
  };
}

async function startOrStop(servers: AppSupervisor, stop: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const giveUp = () => void stop();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    signal.throwIfAborted();
    servers.load();
    await servers.startAll();
  } catch (thrown) {
    await stop();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
