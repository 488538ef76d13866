// Runs a program under the pinned Node as if it were this process: same terminal, same signals, same exit code.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, delimiter } from 'node:path';
import { pinnedNode, root } from './prepare.mjs';

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
// Ctrl-C reaches this process twice, from the terminal and from npm. A person takes longer for a second one.
const ECHO_MS = 400;

/**
 * The environment in which `node`, `nx`, `eslint` … are those of the repository.
 * @param {Record<string, string>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function pinnedEnvironment(more = {}) {
  const path = join(root, 'node_modules', '.bin');
  return { ...process.env, PATH: `${path}${delimiter}${process.env['PATH'] ?? ''}`, ...more };
}

/**
 * @param {string[]} args arguments of node
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the exit code; 128 + n after signal n
 */
export function runPinned(args, env = {}) {
  return new Promise((resolve, reject) => {
    // Listens before there is a child: what comes in the moment of its start would end this process and leave the child behind.
    const stopForwarding = forwardSignals((signal) => child.kill(signal));
    // A process group of its own: otherwise the terminal's Ctrl-C would arrive there besides the one forwarded from here.
    const child = spawn(pinnedNode, args, {
      cwd: root,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
      // The child ends when this process is gone, however that came about.
      env: pinnedEnvironment({ ...env, PROCOS_PARENT_PID: String(process.pid) }),
    });
    child.once('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
    });
  });
}

/** @param {(signal: NodeJS.Signals) => void} send called later, never at once @returns {() => void} stops it */
function forwardSignals(send) {
  let lastAt = Number.NEGATIVE_INFINITY;
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    if (performance.now() - lastAt < ECHO_MS) return;
    lastAt = performance.now();
    send(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  const stopWatching = watchStarter(() => send('SIGTERM'));
  return () => {
    stopWatching();
    for (const signal of FORWARDED) process.off(signal, forward);
  };
}

/** npm passes signals on, but dies of SIGKILL without a word; its shell then lives on and waits for us. @param {() => void} onGone @returns {() => void} */
function watchStarter(onGone) {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return () => {};
  const starters = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const atStart = starters();
  const timer = setInterval(() => {
    if (starters() === atStart) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

/** The parent of another process, where the system tells it in /proc; otherwise 0. @param {number} pid @returns {number} */
function parentOf(pid) {
  try {
    // The name of the program stands in brackets and may hold anything; after it: state, parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch (error) {
    // There is no /proc, or the process has just ended.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw error;
  }
}
