import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRabbitMqEventBus } from '@procos/event-bus';
import { useService } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OwnServers, startOwnServers } from './own-servers.ts';
import type { ServiceName } from './service-kinds.ts';

// Once started for all tests, which is quicker where it must be installed first.
useService('rabbitmq');
useService('consul');
useService('postgres');

const patience = { timeout: 50_000, interval: 20 };
const names = ['rabbitmq', 'consul', 'postgres'] as const;
/** The program that is the server, as the kernel of the machine names it. */
const programs: Readonly<Partial<Record<ServiceName, string>>> = {
  rabbitmq: 'beam.smp',
  consul: 'consul',
  postgres: 'postgres',
};
const reported: string[] = [];
let folder: string;
let servers: OwnServers;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'procos-again-'));
  // Started by root, servers run as users of their own, who must be able to pass.
  chmodSync(folder, 0o711);
  const {
    PROCOS_TEST_RABBITMQ_URL: _rabbitmq,
    PROCOS_TEST_CONSUL_URL: _consul,
    PROCOS_TEST_POSTGRES_URL: _postgres,
    ...env
  } = process.env;
  servers = await startOwnServers(names, {
    env,
    folder,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    report: (_level, event, fields) => void reported.push(`${event} ${String(fields['app'])}`),
  });
}, 180_000);
afterAll(async () => {
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly program: string;
}

/** Every process of this machine that has not ended. Source: proc(5), `/proc/PID/stat`. */
function runningProcesses(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, pid, program = '', state, parent] =
          /^(\d+) \((.*)\) (\S) (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
        return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), program }];
      } catch {
        // It has ended since the list was made.
        return [];
      }
    });
}

/** Processes of a server below the launcher, the server itself first. */
function processesOf(name: ServiceName): readonly number[] {
  const all = runningProcesses();
  const below = (pid: number): readonly RunningProcess[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(servers.launcherPid() ?? -1)
    .filter(({ program }) => program === programs[name])
    .map(({ pid }) => pid);
}

const isRunning = (pid: number) => runningProcesses().some((process) => process.pid === pid);
const restarts = (name: string) => reported.filter((line) => line === `server_restarted ${name}`).length;

describe.each(names)('%s of a distributed system', (name) => {
  it('is started again when it is killed at once after it had come back', async () => {
    const before = { ...servers.pids() };
    const killed: number[] = [];
    reported.length = 0;

    for (const count of [1, 2]) {
      const pid = servers.pids()[name] ?? 0;
      killed.push(...processesOf(name));
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(() => expect(restarts(name)).toBe(count), patience);
    }

    expect(reported.filter((line) => line.startsWith('server_crashed'))).toEqual(
      Array(2).fill(`server_crashed ${name}`),
    );
    expect(reported.filter((line) => !line.endsWith(` ${name}`))).toEqual([]);
    expect({ ...servers.pids(), [name]: before[name] }).toEqual(before);
    await vi.waitFor(() => expect(killed.filter(isRunning)).toEqual([]), patience);
  }, 110_000);

  it('is started again when it is killed while it is starting again', async () => {
    const [before, launcher] = [{ ...servers.pids() }, servers.launcherPid()];
    const first = processesOf(name);
    reported.length = 0;

    process.kill(servers.pids()[name] ?? 0, 'SIGKILL');
    const second = await vi.waitFor(() => {
      const [found] = processesOf(name).filter((pid) => !first.includes(pid));
      expect(restarts(name)).toBe(0);
      if (found === undefined) throw new Error('It is not starting yet');
      return found;
    }, patience);
    process.kill(second, 'SIGKILL');

    await vi.waitFor(() => expect(restarts(name)).toBe(1), patience);
    expect(reported).toContain(`server_crashed ${name}`);
    expect(servers.launcherPid()).toBe(launcher);
    expect({ ...servers.pids(), [name]: before[name] }).toEqual(before);
    expect(reported.filter((line) => !line.endsWith(` ${name}`))).toEqual([]);
    await vi.waitFor(() => expect([...first, second].filter(isRunning)).toEqual([]), patience);
  }, 110_000);
});

it('the broker takes and hands out messages after all that', async () => {
  const bus = createRabbitMqEventBus({
    url: servers.env['RABBITMQ_URL'] ?? '',
    name: 'again',
    onHandlerError: vi.fn(),
    patienceMs: 30_000,
  });
  await expect(bus.consume('again', vi.fn(), { queue: 'again' })).resolves.toBeTypeOf('function');
  await bus.close();
}, 60_000);
