import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Environment } from '@procos/config';
import { launcherArguments } from '@procos/local-servers';
import type { AppChild } from '../system/app-child.ts';
import { distributedErrors } from './errors.ts';
import { createServerLives, type LauncherLine, openServer } from './server-lives.ts';
import { serviceKinds, type ServiceName, type StartedService } from './service-kinds.ts';

/** Starts the servers of a distributed system, each a child of a process beside this one, which ends them when this one is gone. */
export interface ServerLauncher {
  /** One life of a server, as its supervisor wants it. */
  open(name: ServiceName): AppChild;
  /** What a server told when it last came up. */
  started(name: ServiceName): StartedService | undefined;
  /** Process that runs the servers; `undefined` when there is none. */
  pid(): number | undefined;
  /** Ends it, and with it whatever it runs still. */
  close(): Promise<void>;
}

interface Launcher {
  readonly process: ChildProcess;
  readonly ended: Promise<string>;
}

/** How long a launcher may take to end its servers in good order, in milliseconds. */
const closingMs = 25_000;

/** @param onProgress told how far a start has come */
export function createServerLauncher(
  names: readonly ServiceName[],
  env: Environment,
  folder: string,
  onProgress: (message: string) => void,
): ServerLauncher {
  const missing = (reason: string) =>
    distributedErrors.PROCOS_CLI_SERVICE_MISSING({
      services: names.join(', '),
      variables: names.map((name) => serviceKinds[name].variable).join(', '),
      reason,
    });
  const { lives, startedOf, onLine, endAll } = createServerLives(missing, onProgress);
  let launcher: Launcher | undefined;
  const launch = () => {
    if (launcher !== undefined) return;
    const mine = startLauncher(env, folder, onLine, onProgress);
    launcher = mine;
    void mine.ended.then((reason) => {
      launcher = undefined;
      endAll(reason);
    });
  };
  const say = (wanted: 'start' | 'stop' | 'kill', service: ServiceName) =>
    void launcher?.process.stdin?.write(`${JSON.stringify({ do: wanted, service, again: startedOf.has(service) })}\n`);
  return {
    open: (name) => {
      launch();
      return openServer(name, { lives, say, quit: (signal) => void launcher?.process.kill(signal) });
    },
    started: (name) => startedOf.get(name),
    pid: () => launcher?.process.pid,
    close: async () => {
      if (launcher !== undefined) await endInOrder(launcher);
    },
  };
}

function startLauncher(
  env: Environment,
  folder: string,
  onLine: (line: LauncherLine) => void,
  onProgress: (message: string) => void,
): Launcher {
  // A Ctrl-C at the terminal reaches a whole process group: the servers must outlive it until the apps have ended.
  const child = spawn(process.execPath, launcherArguments('--supervised', '--folder', folder), {
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line) as LauncherLine));
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    onProgress(line);
  });
  // Its end is told below.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (fault) => resolve(fault.message));
    child.once('close', (code, signal) =>
      resolve(
        `the launcher of the servers ${signal === null ? `ended with exit code ${code}. Its last words: ${last}` : `was ended by ${signal}`}`,
      ),
    );
  });
  return { process: child, ended };
}

async function endInOrder({ process: launcher, ended }: Launcher): Promise<void> {
  launcher.kill('SIGTERM');
  const timer = setTimeout(() => launcher.kill('SIGKILL'), closingMs);
  await ended;
  clearTimeout(timer);
}
