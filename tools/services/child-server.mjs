// One server as a child process: started, waited for, stopped by its own id, started again on the same ports and state.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { needFreePorts } from './free-port.mjs';
import { guarded } from './guarded.mjs';
import { ServiceStartError } from './service-error.mjs';

const POLL_MS = 100;
/** A server that could not have its port ends within this time of being asked for the first time. */
const SETTLE_MS = 250;
const KEPT_LINES = 25;

/**
 * @typedef {object} ServerRecipe
 * @property {string} service name for messages
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string | undefined>} [env]
 * @property {{uid: number, gid: number}} [user]
 * @property {string} logFile
 * @property {string} [cwd]
 * @property {number[]} [ports] those it listens on: refused when somebody else does
 * @property {() => Promise<string | undefined>} ready gives the server's version once it answers, undefined before
 * @property {NodeJS.Signals} [stopSignal] asks it to end in good order; SIGTERM unless told otherwise
 * @property {number} [startTimeoutMs]
 * @property {() => void | Promise<void>} [prepare] before each start
 * @property {(signal: NodeJS.Signals) => void} [askToEnd] for what does not end with its process; done before that gets the signal
 */

/** Starts a server and resolves when it answers. @param {ServerRecipe} recipe */
export async function runServer(recipe) {
  let running = await launch(recipe);
  return {
    get pid() {
      return running.child.pid;
    },
    get version() {
      return running.version;
    },
    /** Resolves with how it ended. */
    get exited() {
      return running.exited;
    },
    stop: () => end(recipe, running),
    kill: () => end(recipe, running, 'SIGKILL'),
    /** Starts it again where it was: same ports, same state. */
    restart: async () => {
      await end(recipe, running);
      running = await launch(recipe);
    },
  };
}

async function launch(recipe) {
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
  const exited = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
  });
  const running = { child, exited, version: '' };
  if (child.pid !== undefined) void exited.then(guarded({ pid: child.pid, signal: recipe.stopSignal ?? 'SIGTERM' }));
  try {
    running.version = await waitUntilReady(recipe, running);
    return running;
  } catch (error) {
    await end(recipe, running, 'SIGKILL');
    throw error;
  }
}

async function waitUntilReady(recipe, { exited }) {
  const { service, ready, startTimeoutMs = 90_000 } = recipe;
  const deadline = performance.now() + startTimeoutMs;
  let ended;
  void exited.then((how) => (ended = how));
  for (;;) {
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

const renderEnd = ({ code, signal, error }) => error?.message ?? signal ?? `exit code ${code}`;

function lastLines(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-KEPT_LINES) : [];
}

async function end({ askToEnd, stopSignal = 'SIGTERM' }, { child, exited }, signal = stopSignal) {
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
