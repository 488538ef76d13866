import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import { modeOptions, servicesOf } from './system-mode.ts';

export const checkout = resolve(import.meta.dirname, '../../..');
const cliMain = join(checkout, 'apps/cli/src/main.ts');

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LaunchOptions {
  readonly dataDir?: string;
  readonly portOffset?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** More options of `procos up`. */
  readonly args?: readonly string[];
}

/** A whole system as a user runs it: `procos up` in a process of its own. */
export interface LaunchedSystem {
  readonly dataDir: string;
  readonly portOffset: number;
  readonly url: string;
  readonly engine: EngineClient;
  readonly enginePid: number;
  /** Process of `procos up` itself. */
  readonly pid: number;
  /** What `up --json` printed after the first answer. */
  readonly firstAnswer: FirstAnswer;
  /** Runs the CLI against this system. */
  cli(...args: readonly string[]): Promise<CommandResult>;
  /** Ends it as Ctrl-C does and gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL to the process and to the engine. */
  killTree(): Promise<void>;
  log(): string;
}

export interface FirstAnswer {
  readonly ok: boolean;
  readonly instanceId: string;
  readonly processKey: string;
  readonly state: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly path: readonly string[];
  readonly boot: { readonly phases: readonly { readonly name: string; readonly ms: number }[] };
}

/** Runs one `procos` command to its end. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const child = args[0] === 'up' ? await spawnUp(args.slice(1), env) : spawnCli(args, env);
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

function spawnCli(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, ['--conditions=@procos/source', cliMain, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
}

/** `procos up` in the mode of this run, from its first moment on. The arguments name the data folder. */
export async function spawnUp(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  const dataDir = args[args.indexOf('--data-dir') + 1] ?? '';
  return spawnCli(['up', ...modeOptions, ...args], { ...(await servicesOf(dataDir)), ...env });
}

/** What a program has said so far. */
export function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

/** Boots a system and resolves once it has answered its first question. */
export async function launchSystem(options: LaunchOptions = {}): Promise<LaunchedSystem> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'procos-e2e-'));
  const portOffset = options.portOffset ?? (await freePortOffset());
  const child = await spawnUp(
    ['--json', '--data-dir', dataDir, '--port-offset', String(portOffset), ...(options.args ?? [])],
    options.env ?? {},
  );
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const exited = once(child, 'close') as Promise<[number | null]>;
  const firstAnswer = await answerOrEnd(stdout, stderr, exited);
  const run = readRun(dataDir);
  const { user, password } = JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as {
    user: string;
    password: string;
  };
  const engine = createEngineClient({ baseUrl: run.engineUrl, user, password });
  return {
    dataDir,
    portOffset,
    url: run.url,
    engine,
    enginePid: run.enginePid,
    pid: run.pid,
    firstAnswer,
    cli: (...args) => runCli([...args, '--data-dir', dataDir], options.env),
    log: stderr,
    stop: async () => {
      child.kill('SIGINT');
      const [code] = await exited;
      await engine.close();
      return code;
    },
    killTree: async () => {
      const { enginePid, processes = {}, servicesPid } = readRun(dataDir);
      child.kill('SIGKILL');
      for (const pid of [enginePid, ...Object.values(processes)]) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
      // What it has started for the system ends with it.
      while (servicesPid !== undefined && isRunning(servicesPid)) await delay(50);
      await exited;
      await engine.close();
    },
  };
}

/** What a running system tells about itself in its data folder. */
export interface RunFile {
  readonly pid: number;
  readonly url: string;
  readonly engineUrl: string;
  readonly enginePid: number;
  /** Distributed mode only: each copy of an app and its process id. */
  readonly processes?: Readonly<Record<string, number>>;
  readonly servicesPid?: number;
}

export function readRun(dataDir: string): RunFile {
  return JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as RunFile;
}

async function answerOrEnd(stdout: () => string, stderr: () => string, exited: Promise<unknown>): Promise<FirstAnswer> {
  let ended = false;
  void exited.then(() => (ended = true));
  for (;;) {
    const document = parsed(stdout());
    if (document?.boot !== undefined) return document;
    if (ended)
      throw new Error(`procos up ended without an answer.\nstdout: ${stdout()}\nstderr: ${stderr().slice(-3_000)}`);
    await delay(50);
  }
}

/** The document once it is whole. */
function parsed(text: string): FirstAnswer | undefined {
  try {
    return JSON.parse(text) as FirstAnswer;
  } catch {
    // Not all of it has arrived: the caller asks again.
    return undefined;
  }
}

/**
 * A port offset at which all ports of a system are free. All of them are below 20000: from there on are the ports of the
 * servers it runs on, and from 32768 on the operating system gives ports to outgoing connections, which may then have the
 * port of a service that is just being restarted. Test files that run side by side never look at the same ones.
 */
export async function freePortOffset(): Promise<number> {
  for (;;) {
    const offset = 2_000 + 20 * (4 * Math.floor(Math.random() * 122) + (sideBySide % 4));
    // Those of the engine and of all apps lie here: tools/declared-apps.test.ts holds it.
    const ports = Array.from({ length: 20 }, (_, index) => 8080 + index + offset);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return offset;
  }
}

const sideBySide = Number(process.env['VITEST_POOL_ID'] ?? 0);

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

/** True while a process with this id exists and is no zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Removes a data folder that a test made. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** What a system complained about, shown when a test fails. */
export function complaints(system: LaunchedSystem | undefined): string {
  const lines =
    system
      ?.log()
      .split('\n')
      .filter((line) => /"level":"(warn|error)"/.test(line)) ?? [];
  return lines
    .slice(-40)
    .map((line) => line.slice(0, 600))
    .join('\n');
}
