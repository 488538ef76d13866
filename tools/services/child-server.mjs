// One server as a child process: started, waited for, stopped by its own id, started again on the same ports and state.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceStartError } from './service-error.mjs';

const POLL_MS = 100;
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
 * @property {() => Promise<string | undefined>} ready gives the server's version once it answers, undefined before
 * @property {NodeJS.Signals} [stopSignal] asks it to end in good order; SIGTERM unless told otherwise
 * @property {number} [startTimeoutMs]
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
    stop: () => end(running, recipe.stopSignal ?? 'SIGTERM'),
    kill: () => end(running, 'SIGKILL'),
    /** Starts it again where it was: same ports, same state. */
    restart: async () => {
      await end(running, recipe.stopSignal ?? 'SIGTERM');
      running = await launch(recipe);
    },
  };
}

async function launch(recipe) {
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
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  void exited.then(() => process.off('exit', endWithUs));
  try {
    running.version = await waitUntilReady(recipe, running);
    return running;
  } catch (error) {
    await end(running, 'SIGKILL');
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
    if (version !== undefined) return version;
    if (ended) throw new ServiceStartError(service, `${service} ended while it was starting (${tellEnd(ended)}).`, lastLines(recipe.logFile));
    if (performance.now() > deadline) throw new ServiceStartError(service, `${service} did not answer within ${startTimeoutMs} ms.`, lastLines(recipe.logFile));
    await sleep(POLL_MS);
  }
}

const tellEnd = ({ code, signal, error }) => error?.message ?? signal ?? `exit code ${code}`;

function lastLines(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-KEPT_LINES) : [];
}

async function end({ child, exited }, signal) {
  if (child.pid === undefined) return exited;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    const timer = new AbortController();
    const late = sleep(20_000, 'late', { signal: timer.signal }).catch(() => 'ended');
    if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
    timer.abort();
  }
  return exited;
}
