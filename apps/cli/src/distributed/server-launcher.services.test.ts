import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppReport } from '@procos/service-kit';
import { useService } from '@procos/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { AppChild } from '../system/app-child.ts';
import { createServerLauncher, type ServerLauncher } from './server-launcher.ts';
import type { ServiceName } from './service-kinds.ts';

// Once started for all tests, which is quicker where it must be installed first.
useService('rabbitmq');
useService('postgres');

let folder: string;
let launcher: ServerLauncher;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-launcher-'));
  // Started by root, servers run as users of their own, who must be able to pass.
  chmodSync(folder, 0o711);
  const { PROCOS_TEST_RABBITMQ_URL: _rabbitmq, PROCOS_TEST_POSTGRES_URL: _postgres, ...env } = process.env;
  launcher = createServerLauncher(['rabbitmq', 'postgres'], env, folder, () => undefined);
});
afterAll(async () => {
  await launcher.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Sends what its supervisor sends, and tells nobody what comes of it. */
function beginToStart(name: ServiceName): AppChild {
  const child = launcher.open(name);
  child.onReport(({ kind }) => void (kind === 'loaded' && child.send({ kind: 'start' })));
  return child;
}

function start(name: ServiceName): Promise<AppChild> {
  const child = launcher.open(name);
  return new Promise((resolve, reject) => {
    const onReport = (report: AppReport) => {
      if (report.kind === 'loaded') child.send({ kind: 'start' });
      if (report.kind === 'started') resolve(child);
      if (report.kind === 'failed') reject(new Error(report.reason));
    };
    child.onReport(onReport);
  });
}

async function stopped(...servers: readonly AppChild[]): Promise<void> {
  for (const server of servers) server.send({ kind: 'stop' });
  await Promise.all(servers.map(({ ended }) => ended));
}

it('a server that does not stop is killed alone, and started again where it was', async () => {
  const [stuck, other] = await Promise.all([start('postgres'), start('rabbitmq')]);
  const [launcherPid, otherPid, url] = [launcher.pid(), other.pid, launcher.started('postgres')?.url];
  process.kill(stuck.pid ?? 0, 'SIGSTOP');
  stuck.send({ kind: 'stop' });

  const stuckPid = stuck.pid ?? 0;
  await stuck.kill();
  expect(() => process.kill(stuckPid, 0)).toThrow('ESRCH');
  // As its supervisor does: what a killed database leaves behind ends a moment later.
  const again = await vi.waitFor(() => start('postgres'), { timeout: 60_000, interval: 1_000 });

  expect(launcher.pid()).toBe(launcherPid);
  expect([other.hasEnded(), other.pid]).toEqual([false, otherPid]);
  expect(launcher.started('postgres')?.url).toBe(url);
  expect(again.hasEnded()).toBe(false);
  await stopped(again, other);
}, 180_000);

it.each(['stop', 'kill'] as const)(
  'a server that is still starting is ended alone, and can be started again: %s',
  async (wanted) => {
    const other = await start('postgres');
    const [launcherPid, otherPid] = [launcher.pid(), other.pid];
    const starting = beginToStart('rabbitmq');
    await delay(1_500);
    expect([starting.pid, starting.hasEnded()]).toEqual([undefined, false]);

    if (wanted === 'kill') await starting.kill();
    else starting.send({ kind: 'stop' });

    expect(await starting.ended).toContain('was given up while it was starting');
    expect(launcher.pid()).toBe(launcherPid);
    expect([other.hasEnded(), other.pid]).toEqual([false, otherPid]);
    // As its supervisor does: what a broker leaves behind that was ended while it started may take a moment to go.
    const again = await vi.waitFor(() => start('rabbitmq'), { timeout: 60_000, interval: 1_000 });
    await stopped(again, other);
  },
  180_000,
);
