import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Environment } from '@procos/config';
import { checkoutRoot } from '../system/engine-home.ts';
import { distributedErrors } from './errors.ts';

/** Broker, directory and database of a distributed system. */
export interface RealServices {
  /** What tells the apps where they are. */
  readonly env: Environment;
  /** Process that runs the services that were started; `undefined` when all were given. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
  kill(): void;
}

interface Told {
  readonly url: string;
  readonly jdbcUrl?: string;
  readonly user?: string;
  readonly password?: string;
}

interface ServiceKind {
  /** Names one that runs already. */
  readonly variable: string;
  readonly usualPort: number;
  settings(told: Told): Environment;
}

const kinds = {
  rabbitmq: { variable: 'RABBITMQ_URL', usualPort: 5672, settings: ({ url }) => ({ RABBITMQ_URL: url }) },
  consul: { variable: 'CONSUL_URL', usualPort: 8500, settings: ({ url }) => ({ CONSUL_URL: url }) },
  postgres: {
    variable: 'CAMUNDA_DB_URL',
    usualPort: 5432,
    settings: ({ jdbcUrl, user, password }) => ({ CAMUNDA_DB_URL: jdbcUrl, CAMUNDA_DB_USER: user, CAMUNDA_DB_PASSWORD: password }),
  },
} as const satisfies Record<string, ServiceKind>;

type ServiceName = keyof typeof kinds;
const serviceNames = Object.keys(kinds) as readonly ServiceName[];

/**
 * The services that the environment names, and for the others ones that are started from what the machine has, with their
 * state in the folder.
 *
 * @throws PROCOS_CLI_SERVICE_AWAY, PROCOS_CLI_SERVICE_MISSING
 */
export async function haveServices(env: Environment, folder: string, onProgress: (message: string) => void, signal: AbortSignal): Promise<RealServices> {
  const given = serviceNames.filter((name) => (env[kinds[name].variable] ?? '') !== '');
  await Promise.all(given.map((name) => refuseSilent(name, env[kinds[name].variable] ?? '')));
  const missing = serviceNames.filter((name) => !given.includes(name));
  if (missing.length === 0) return { env: {}, pid: undefined, stop: async () => undefined, kill: () => undefined };
  return startServices(missing, env, folder, onProgress, signal);
}

/** Asks whether anybody listens where a service is said to be. */
async function refuseSilent(name: ServiceName, address: string): Promise<void> {
  const { variable, usualPort } = kinds[name];
  const text = address.replace(/^jdbc:/, '');
  const { hostname = '', port = '', host = text } = URL.canParse(text) ? new URL(text) : {};
  const reason = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || usualPort, timeout: 5_000 });
    const settle = (why?: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.once('connect', () => settle());
    socket.once('timeout', () => settle('no answer within 5 s'));
    socket.once('error', (fault: NodeJS.ErrnoException) => settle(fault.code ?? fault.message));
  });
  if (reason !== undefined) throw distributedErrors.PROCOS_CLI_SERVICE_AWAY({ service: name, variable, host, reason });
}

async function startServices(names: readonly ServiceName[], env: Environment, folder: string, onProgress: (message: string) => void, signal: AbortSignal): Promise<RealServices> {
  const launcher = join(checkoutRoot, 'tools/services/main.mjs');
  const variables = names.map((name) => kinds[name].variable).join(', ');
  if (!existsSync(launcher)) throw distributedErrors.PROCOS_CLI_SERVICE_MISSING({ services: names.join(', '), variables, reason: 'their launcher is only in a checkout' });
  onProgress(`Starting ${names.join(', ')}…`);
  const child = spawn(process.execPath, [launcher, '--stop-with-stdin', '--folder', folder, ...names], { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const giveUp = () => child.kill('SIGTERM');
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const told = await toldBy(child, onProgress);
    if (told === undefined) throw distributedErrors.PROCOS_CLI_SERVICE_MISSING({ services: names.join(', '), variables, reason: lastWordsOf(child) });
    return {
      env: Object.assign({}, ...names.map((name) => kinds[name].settings(told[name] ?? { url: '' }))) as Environment,
      pid: child.pid,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
      kill: () => void child.kill('SIGTERM'),
    };
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

const lastWords = new WeakMap<ChildProcess, string>();
const lastWordsOf = (child: ChildProcess) => lastWords.get(child)?.trim() ?? '';

/** What the launcher prints once all of them answer; `undefined` when it ends before. */
function toldBy(child: ChildProcess, onProgress: (message: string) => void): Promise<Readonly<Partial<Record<ServiceName, Told>>> | undefined> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.trimEnd().endsWith('\n}') || text.trimEnd() === '{}') resolve(JSON.parse(text) as Record<ServiceName, Told>);
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      lastWords.set(child, chunk);
      for (const line of chunk.split('\n').filter((one) => one.trim() !== '')) onProgress(line);
    });
    child.once('close', () => resolve(undefined));
  });
}
