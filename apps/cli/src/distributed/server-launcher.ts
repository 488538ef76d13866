import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Environment } from '@procos/config';
import { toWireError } from '@procos/errors';
import type { AppReport } from '@procos/service-kit';
import type { AppChild } from '../system/app-child.ts';
import { checkoutRoot } from '../system/engine-home.ts';
import { distributedErrors } from './errors.ts';
import { serviceKinds, type ServiceName, type StartedService } from './service-kinds.ts';

/** Starts the servers of a distributed system, each a child of a process beside this one, which ends them when this one is gone. */
export interface ServerLauncher {
  /** One life of a server, as its supervisor wants it. */
  open(name: ServiceName): AppChild;
  /** What a server told when it last came up. */
  told(name: ServiceName): StartedService | undefined;
  /** Process that runs the servers; `undefined` when there is none. */
  pid(): number | undefined;
  /** Ends it, and with it whatever it runs still. */
  close(): Promise<void>;
}

/** Launcher → us, a line each. */
type Line =
  | { readonly kind: 'progress'; readonly service: ServiceName; readonly detail: string }
  | { readonly kind: 'started'; readonly service: ServiceName; readonly told: StartedService }
  | { readonly kind: 'ended'; readonly service: ServiceName; readonly reason: string };

interface Life {
  readonly listeners: Set<(report: AppReport) => void>;
  end: (reason: string) => void;
  isUp: boolean;
  /** Known once it is up. */
  pid: number | undefined;
}

interface Launcher {
  readonly process: ChildProcess;
  readonly ended: Promise<string>;
}

const script = join(checkoutRoot, 'tools/services/main.mjs');
/** How long a launcher may take to end its servers in good order, in milliseconds. */
const closingMs = 25_000;

/** @param onProgress told how far a start has come @throws PROCOS_CLI_SERVICE_MISSING when this is no checkout */
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
  if (!existsSync(script)) throw missing('their launcher is only in a checkout');
  const lives = new Map<ServiceName, Life>();
  const toldOf = new Map<ServiceName, StartedService>();
  let launcher: Launcher | undefined;

  // What has run before can be had on this machine.
  const faultOf = (name: ServiceName, reason: string) => (toldOf.has(name) ? new Error(reason) : missing(reason));
  const onLine = (line: Line) => {
    const life = lives.get(line.service);
    if (line.kind === 'progress') return onProgress(line.detail);
    if (life === undefined) return;
    if (line.kind === 'started') {
      life.isUp = true;
      life.pid = line.told.pid;
      toldOf.set(line.service, line.told);
      for (const listener of life.listeners) listener({ kind: 'started', url: line.told.url });
      return;
    }
    // First its end: there is nothing to be killed any more when it is told why it did not come up.
    life.end(line.reason);
    if (!life.isUp) for (const listener of life.listeners) listener(failure(faultOf(line.service, line.reason)));
  };
  const launch = () => {
    if (launcher !== undefined) return;
    const mine = startLauncher(env, folder, onLine, onProgress);
    launcher = mine;
    void mine.ended.then((reason) => {
      launcher = undefined;
      for (const [name, { isUp, listeners, end }] of [...lives]) {
        end(reason);
        if (!isUp) for (const listener of listeners) listener(failure(faultOf(name, reason)));
      }
    });
  };
  const say = (wanted: 'start' | 'stop', service: ServiceName) =>
    void launcher?.process.stdin?.write(`${JSON.stringify({ do: wanted, service, again: toldOf.has(service) })}\n`);
  return {
    open: (name) => {
      launch();
      return openServer(name, { lives, say, quit: (signal) => void launcher?.process.kill(signal) });
    },
    told: (name) => toldOf.get(name),
    pid: () => launcher?.process.pid,
    close: async () => {
      const mine = launcher;
      if (mine === undefined) return;
      mine.process.kill('SIGTERM');
      const timer = setTimeout(() => mine.process.kill('SIGKILL'), closingMs);
      await mine.ended;
      clearTimeout(timer);
    },
  };
}

interface ServerParts {
  readonly lives: Map<ServiceName, Life>;
  readonly say: (wanted: 'start' | 'stop', service: ServiceName) => void;
  readonly quit: (signal: NodeJS.Signals) => void;
}

function openServer(name: ServiceName, { lives, say, quit }: ServerParts): AppChild {
  let hasEnded = false;
  const listeners: Life['listeners'] = new Set();
  const life: Life = { listeners, end: () => undefined, isUp: false, pid: undefined };
  const ended = new Promise<string>((resolve) => {
    life.end = (reason) => {
      hasEnded = true;
      if (lives.get(name) === life) lives.delete(name);
      resolve(reason);
    };
  });
  lives.set(name, life);
  // There is nothing to be loaded before it is started; told when the supervisor listens.
  setImmediate(() => listeners.forEach((listener) => listener({ kind: 'loaded' })));
  return {
    get pid() {
      return hasEnded ? undefined : life.pid;
    },
    ended,
    hasEnded: () => hasEnded,
    send: ({ kind }) => {
      if (kind === 'start') say('start', name);
      // One that is just being started, built or installed can be ended with its launcher only.
      else if (kind === 'stop' && life.isUp) say('stop', name);
      else if (kind === 'stop' || kind === 'kill') quit('SIGTERM');
    },
    onReport: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    // A guard ends what the launcher leaves behind.
    kill: async () => {
      if (!hasEnded) quit('SIGKILL');
      await ended;
    },
  };
}

function failure(thrown: Error): AppReport {
  const { status, body } = toWireError(thrown);
  return { kind: 'failed', status, error: body, reason: thrown.message };
}

function startLauncher(
  env: Environment,
  folder: string,
  onLine: (line: Line) => void,
  onProgress: (message: string) => void,
): Launcher {
  // A Ctrl-C at the terminal reaches a whole process group: the servers must outlive it until the apps have ended.
  const child = spawn(process.execPath, [script, '--supervised', '--folder', folder], {
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let last = '';
  createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line) as Line));
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
