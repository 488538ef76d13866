// One server as a child process: started, waited for, stopped by its own id, started again on the same ports and state.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { needFreePorts } from './free-port.ts';
import { guarded } from './guarded.ts';
import type { RunUser } from './run-user.ts';
import { ServiceStartError } from './service-error.ts';

const POLL_MS = 100;
/** A server that could not have its port ends within this time of being asked for the first time. */
const SETTLE_MS = 250;
const KEPT_LINES = 25;

/** Of the start that is under way: whoever starts a server is many calls away from where it is waited for. */
const givingUp = new AsyncLocalStorage<AbortSignal>();

/** Does a work that starts servers: one that does not answer yet when `signal` is aborted is killed, and its start has failed. */
export const untilGivenUp = <Result>(signal: AbortSignal, work: () => Result): Result => givingUp.run(signal, work);

/** How a server is started and asked for. */
export interface ServerRecipe {
  /** For messages. */
  readonly service: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly user?: RunUser | undefined;
  readonly logFile: string;
  readonly cwd?: string;
  /** Those it listens on: refused when somebody else does. */
  readonly ports?: readonly number[];
  /** Gives the server's version once it answers, undefined before. */
  readonly ready: () => Promise<string | undefined>;
  /** Asks it to end in good order. @default SIGTERM */
  readonly stopSignal?: NodeJS.Signals;
  /** @default 90000 */
  readonly startTimeoutMs?: number;
  /** Before each start. */
  readonly prepare?: () => unknown;
  /** For what does not end with its process; done before that gets the signal. */
  readonly askToEnd?: (signal: NodeJS.Signals) => void;
}

/** How a life of a server ended. */
export interface ServerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not even be started. */
  readonly error?: Error;
}

export interface ChildServer {
  readonly pid: number | undefined;
  readonly version: string;
  /** Resolves with how its present life ended. */
  readonly exited: Promise<ServerEnd>;
  stop(): Promise<ServerEnd>;
  kill(): Promise<ServerEnd>;
  /** Starts it again where it was: same ports, same state. */
  restart(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly exited: Promise<ServerEnd>;
  version: string;
}

/** Starts a server and resolves when it answers. @throws ServiceStartError */
export async function runServer(recipe: ServerRecipe): Promise<ChildServer> {
  let running = await launch(recipe);
  return {
    get pid() {
      return running.child.pid;
    },
    get version() {
      return running.version;
    },
    get exited() {
      return running.exited;
    },
    stop: () => end(recipe, running),
    kill: () => end(recipe, running, 'SIGKILL'),
    restart: async () => {
      await end(recipe, running);
      running = await launch(recipe);
    },
  };
}

async function launch(recipe: ServerRecipe): Promise<Running> {
  await needFreePorts(recipe.service, recipe.ports ?? []);
  await recipe.prepare?.();
  const log = openSync(recipe.logFile, 'a');
  const child = spawn(recipe.command, recipe.args, {
    cwd: recipe.cwd,
    env: { ...process.env, ...recipe.env },
    stdio: ['ignore', log, log],
    ...recipe.user,
    // A Ctrl-C in the terminal is for us: we end the server in good order.
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<ServerEnd>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
  });
  const running: Running = { child, exited, version: '' };
  if (child.pid !== undefined) void exited.then(guarded({ pid: child.pid, signal: recipe.stopSignal ?? 'SIGTERM' }));
  try {
    running.version = await waitUntilReady(recipe, running);
    return running;
  } catch (error) {
    await end(recipe, running, 'SIGKILL');
    throw error;
  }
}

async function waitUntilReady(recipe: ServerRecipe, { exited }: Running): Promise<string> {
  const { service, ready, startTimeoutMs = 90_000 } = recipe;
  const deadline = performance.now() + startTimeoutMs;
  let ended: ServerEnd | undefined;
  void exited.then((how) => (ended = how));
  for (;;) {
    if (givingUp.getStore()?.aborted === true)
      throw new ServiceStartError(service, `${service} was given up while it was starting.`);
    const version = await ready();
    // Whoever answers may be somebody else, on a port that ours could not have.
    if (version !== undefined) await Promise.race([exited, sleep(SETTLE_MS)]);
    if (ended)
      throw new ServiceStartError(
        service,
        `${service} ended while it was starting (${renderEnd(ended)}).`,
        lastLines(recipe.logFile),
      );
    if (version !== undefined) return version;
    if (performance.now() > deadline)
      throw new ServiceStartError(
        service,
        `${service} did not answer within ${startTimeoutMs} ms.`,
        lastLines(recipe.logFile),
      );
    await sleep(POLL_MS);
  }
}

const renderEnd = ({ code, signal, error }: ServerEnd) => error?.message ?? signal ?? `exit code ${code}`;

function lastLines(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-KEPT_LINES) : [];
}

async function end(
  { askToEnd, stopSignal = 'SIGTERM' }: ServerRecipe,
  { child, exited }: Running,
  signal = stopSignal,
): Promise<ServerEnd> {
  if (child.pid === undefined) return exited;
  if (child.exitCode === null && child.signalCode === null) {
    askToEnd?.(signal);
    child.kill(signal);
    const timer = new AbortController();
    const late = sleep(20_000, 'late', { signal: timer.signal }).catch(() => 'ended');
    if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
    timer.abort();
  }
  return exited;
}
