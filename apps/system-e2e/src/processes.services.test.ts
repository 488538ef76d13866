import { afterEach, describe, expect, it, vi } from 'vitest';
import { isRunning, launchSystem, type LaunchedSystem, readRun, removeFolder } from './launched-system.ts';

const scaled = ['--scale', 'generic-worker=2'];
const apps = [
  'kernel',
  'gateway',
  'service-registry',
  'event-bridge',
  'system-worker',
  'generic-worker',
  'generic-worker-02',
  'ai-worker',
];
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach(removeFolder));

async function launch(): Promise<{ system: LaunchedSystem; pids: readonly number[] }> {
  const system = await launchSystem({ args: scaled });
  folders.push(system.dataDir);
  const { processes = {}, enginePid, servicesPid } = readRun(system.dataDir);
  expect(Object.keys(processes).toSorted()).toEqual(apps.toSorted());
  const pids = [...Object.values(processes), enginePid, ...(servicesPid === undefined ? [] : [servicesPid])];
  expect(pids.filter((pid) => !isRunning(pid))).toEqual([]);
  return { system, pids };
}

const stillRunning = (pids: readonly number[]) => pids.filter(isRunning);

describe('a distributed system is a process for each copy of each app', { timeout: 180_000 }, () => {
  it('all of which one Ctrl-C ends in good order', async () => {
    const { system, pids } = await launch();

    expect(await system.stop()).toBe(0);

    expect(stillRunning(pids)).toEqual([]);
    expect(system.log()).toContain('"event":"kernel_stopped"');
    expect(system.log()).not.toMatch(/kernel_shutdown_process|Second signal/);
  });

  it('and a second one at once', async () => {
    const { system, pids } = await launch();

    process.kill(system.pid, 'SIGINT');
    // Two that come at the very same moment are one to the system.
    await vi.waitFor(() => expect(system.log()).toContain('"event":"kernel_signal"'), {
      timeout: 10_000,
      interval: 10,
    });
    const began = performance.now();
    await system.stop();

    expect(performance.now() - began).toBeLessThan(10_000);
    expect(system.log()).not.toContain('"event":"kernel_stopped"');
    await vi.waitFor(() => expect(stillRunning(pids)).toEqual([]), { timeout: 10_000 });
  });

  it('and of which a kernel that was killed comes back with an engine that is written down', async () => {
    const { system } = await launch();
    const before = readRun(system.dataDir);

    process.kill(before.processes?.['kernel'] ?? 0, 'SIGKILL');

    await vi.waitFor(
      () => {
        const { enginePid, processes = {} } = readRun(system.dataDir);
        expect([enginePid, processes['kernel']].filter((pid) => pid === undefined || !isRunning(pid))).toEqual([]);
        expect(enginePid).not.toBe(before.enginePid);
      },
      { timeout: 90_000, interval: 100 },
    );
    expect(await system.stop()).toBe(0);
  });

  it('and that do not outlive `procos up` when it is killed', async () => {
    const { system, pids } = await launch();

    process.kill(system.pid, 'SIGKILL');

    await vi.waitFor(() => expect(stillRunning(pids)).toEqual([]), { timeout: 30_000, interval: 100 });
    await system.engine.close();
  });
});
