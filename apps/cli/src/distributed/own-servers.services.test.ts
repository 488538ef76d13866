import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeEvent } from '@procos/contracts';
import { createRabbitMqEventBus } from '@procos/event-bus';
import { useService } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkGivenServices } from './given-services.ts';
import { type OwnServers, startOwnServers } from './own-servers.ts';

// Once started for all tests, which is quicker where it must be installed first.
useService('rabbitmq');
useService('postgres');

const patience = { timeout: 90_000, interval: 50 };
const names = ['rabbitmq', 'postgres'] as const;
const reported: string[] = [];
let folder: string;
let servers: OwnServers;

const isAlive = (pid: number | undefined) => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    // Nobody has that id any more.
    return false;
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'procos-own-'));
  // Started by root, servers run as users of their own, who must be able to pass.
  chmodSync(folder, 0o711);
  const { PROCOS_TEST_RABBITMQ_URL: _rabbitmq, PROCOS_TEST_POSTGRES_URL: _postgres, ...env } = process.env;
  const report = (_level: string, event: string, fields: Readonly<Record<string, unknown>>) =>
    void reported.push(`${event} ${String(fields['app'])}`);
  servers = await startOwnServers(names, {
    env,
    folder,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    report,
  });
}, 180_000);
afterAll(async () => {
  await servers.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('the servers of a distributed system', () => {
  it.each(names)(
    '%s is started again after kill -9, where it was and with what it held',
    async (name) => {
      const bus = createRabbitMqEventBus({
        url: servers.env['RABBITMQ_URL'] ?? '',
        name: 'own',
        onHandlerError: vi.fn(),
        patienceMs: 90_000,
      });
      const stop = await bus.consume('kept', vi.fn(), { queue: 'kept' });
      await stop();
      await bus.publish(makeEvent({ id: `before ${name}`, source: '/test', type: 'kept' }));
      // RabbitMQ 3.10 writes that a queue exists some time after it has said so: one that was made in the moment before a kill answers nobody afterwards.
      await delay(3_000);
      const [others, launcher] = [servers.pids(), servers.launcherPid()];
      const before = others[name];
      reported.length = 0;

      process.kill(before ?? 0, 'SIGKILL');

      await vi.waitFor(() => expect(reported).toContain(`server_restarted ${name}`), patience);
      expect(reported.slice(0, 2)).toEqual([`server_crashed ${name}`, `server_restarting ${name}`]);
      expect(servers.pids()[name]).not.toBe(before);
      // Nobody else is started again with it.
      expect(servers.launcherPid()).toBe(launcher);
      expect({ ...servers.pids(), [name]: before }).toEqual(others);
      expect(reported.filter((line) => !line.endsWith(` ${name}`))).toEqual([]);
      const received: string[] = [];
      await bus.consume('kept', ({ id }) => void received.push(id), { queue: 'kept' });
      await vi.waitFor(() => expect(received).toContain(`before ${name}`), patience);
      await bus.close();
    },
    180_000,
  );

  it('come back, each on its ports, when the process that runs them is killed', async () => {
    const before = servers.pids();
    reported.length = 0;

    process.kill(servers.launcherPid() ?? 0, 'SIGKILL');

    await vi.waitFor(
      () => expect(reported).toEqual(expect.arrayContaining(names.map((name) => `server_restarted ${name}`))),
      patience,
    );
    for (const name of names) {
      expect(isAlive(before[name])).toBe(false);
      expect(isAlive(servers.pids()[name])).toBe(true);
    }
  }, 180_000);

  it('are refused with the reason when somebody gives a wrong password or virtual host, and let in otherwise', async () => {
    const url = new URL(servers.env['RABBITMQ_URL'] ?? '');
    const given = (change: (url: URL) => void) => {
      const changed = new URL(url);
      change(changed);
      return checkGivenServices({ RABBITMQ_URL: changed.href });
    };

    await expect(given((one) => (one.password = 'a-guess'))).rejects.toMatchObject({
      code: 'PROCOS_CLI_SERVICE_REFUSED',
      message: `The rabbitmq at ${url.host}, which RABBITMQ_URL names, does not let us in: it refuses the user or the password.`,
    });
    await expect(given((one) => (one.pathname = '/nowhere'))).rejects.toMatchObject({
      code: 'PROCOS_CLI_SERVICE_REFUSED',
      message: expect.stringContaining('its virtual host does not exist') as string,
    });
    expect(await given(() => undefined)).toEqual(['consul', 'postgres']);
  }, 30_000);
});
