// Starts a built engine as a child process and waits until it answers.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** @import {ChildProcessByStdio} from 'node:child_process' */
/** @import {Readable, Writable} from 'node:stream' */
/** @import {EngineHome} from './built-engine.ts' */
/** @import {EngineExit, LaunchedEngine, LaunchEngineOptions} from './launched-engine.ts' */

/** @typedef {ChildProcessByStdio<Writable, Readable, Readable>} EngineChild */
/** @typedef {{lastLines: string[], baseUrl: string | undefined, spawnError: Error | undefined}} Watch */

const READY_LINE = /engine ready: .* at (http:\/\/\S+\/engine-rest)/;
const KEPT_LINES = 40;
const POLL_MS = 50;

/** Thrown when an engine does not come up. `lastLines` is the end of what it said. */
export class EngineStartError extends Error {
  /** @override */
  name = 'EngineStartError';
  /** @param {string} message @param {string[]} lastLines */
  constructor(message, lastLines) {
    super(
      lastLines.length ? `${message}\nIts last lines:\n${lastLines.map((line) => `  ${line}`).join('\n')}` : message,
    );
    this.lastLines = lastLines;
  }
}

/**
 * Starts a built engine and resolves when `/engine` and `/deployment` of its REST API answer 200.
 * The engine stops by itself when the calling process ends.
 *
 * @param {Pick<EngineHome, 'home' | 'java' | 'args'> & Partial<Pick<EngineHome, 'shortLifeArgs'>>} home
 * @param {LaunchEngineOptions} [options]
 * @returns {Promise<LaunchedEngine>}
 * @throws {EngineStartError} when it ends early or does not answer in time
 */
export async function launchHome(home, options = {}) {
  const user = options.user ?? 'procos';
  const password = options.password ?? randomBytes(24).toString('base64url');
  const args = options.tunedFor === 'long-life' ? home.args : [...(home.shortLifeArgs ?? []), ...home.args];
  const child = spawn(home.java, args, {
    cwd: home.home,
    env: environment(options, user, password),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const watch = watchOutput(child, options.onLog);
  /** @type {Promise<EngineExit>} */
  const exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  /** @type {LaunchedEngine} */
  const engine = {
    port: 0,
    baseUrl: '',
    // One that could not be started has none: it is never handed out.
    pid: child.pid ?? 0,
    user,
    password,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
    exited,
    stop: () => stopChild(child, exited, 'SIGTERM', options.stopTimeoutMs ?? 15_000),
    kill: () => stopChild(child, exited, 'SIGKILL', 5_000),
  };
  try {
    await waitUntilReady(engine, child, watch, options.startTimeoutMs ?? 120_000);
    return engine;
  } catch (error) {
    await engine.kill();
    throw error;
  }
}

/**
 * @param {LaunchEngineOptions} options
 * @param {string} user
 * @param {string} password
 */
function environment(options, user, password) {
  const { CAMUNDA_DB_URL, CAMUNDA_DB_USER, CAMUNDA_DB_PASSWORD, ...inherited } = process.env;
  const state = options.dataDir
    ? { PROCOS_ENGINE_DATA_DIR: options.dataDir, PROCOS_ENGINE_IN_MEMORY: 'false' }
    : { PROCOS_ENGINE_IN_MEMORY: String(!options.env?.['CAMUNDA_DB_URL']), PROCOS_ENGINE_DATA_DIR: '' };
  return {
    ...inherited,
    ...state,
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: String(options.port ?? 0),
    PROCOS_ENGINE_USER: user,
    PROCOS_ENGINE_PASSWORD: password,
    PROCOS_ENGINE_STOP_WITH_STDIN: 'true',
    ...options.env,
  };
}

/**
 * @param {EngineChild} child
 * @param {((line: string) => void) | undefined} onLog
 */
function watchOutput(child, onLog) {
  /** @type {Watch} */
  const watch = { lastLines: [], baseUrl: undefined, spawnError: undefined };
  child.once('error', (error) => {
    watch.spawnError = error;
  });
  const take = (/** @type {string} */ line) => {
    onLog?.(line);
    watch.lastLines.push(line);
    if (watch.lastLines.length > KEPT_LINES) watch.lastLines.shift();
    watch.baseUrl ??= READY_LINE.exec(line)?.[1];
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(take);
    });
    stream.once('end', () => {
      if (rest) take(rest);
    });
  }
  return watch;
}

/**
 * @param {LaunchedEngine} engine gets its address and its port as soon as they are known
 * @param {EngineChild} child
 * @param {Watch} watch
 * @param {number} timeoutMs
 */
async function waitUntilReady(engine, child, watch, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (watch.spawnError)
      throw new EngineStartError(`The engine could not be started: ${watch.spawnError.message}`, []);
    if (child.exitCode !== null || child.signalCode !== null) {
      await engine.exited;
      throw new EngineStartError(
        `The engine ended while it was starting (${child.signalCode ?? `exit code ${child.exitCode}`}).`,
        watch.lastLines,
      );
    }
    if (performance.now() > deadline)
      throw new EngineStartError(`The engine did not answer within ${timeoutMs} ms.`, watch.lastLines);
    if (watch.baseUrl && !engine.port) {
      engine.baseUrl = watch.baseUrl;
      engine.port = Number(new URL(watch.baseUrl).port);
    }
    if (engine.port && (await answers(engine, '/engine')) && (await answers(engine, '/deployment'))) return;
    await sleep(POLL_MS);
  }
}

/**
 * @param {LaunchedEngine} engine
 * @param {string} path
 */
async function answers(engine, path) {
  try {
    const response = await fetch(`${engine.baseUrl}${path}`, {
      headers: engine.headers,
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // Not listening yet, or gone again: the caller looks at the process and the clock.
    return false;
  }
}

/**
 * @param {EngineChild} child
 * @param {Promise<EngineExit>} exited
 * @param {NodeJS.Signals} signal
 * @param {number} timeoutMs
 * @returns {Promise<EngineExit>}
 */
async function stopChild(child, exited, signal, timeoutMs) {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    child.kill(signal);
    const timer = new AbortController();
    const late = sleep(timeoutMs, 'late', { signal: timer.signal }).catch(() => 'ended');
    if ((await Promise.race([exited, late])) === 'late') child.kill('SIGKILL');
    timer.abort();
  }
  if (child.pid === undefined) return { code: null, signal: null };
  return exited;
}
