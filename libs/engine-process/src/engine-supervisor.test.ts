import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@procos/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineSupervisionFields } from './engine-settings.ts';
import { createEngineSupervisor, type EngineSupervisor } from './engine-supervisor.ts';
import type { SupervisedEngine } from './supervisor-parts.ts';

let folder: string;
let supervisor: EngineSupervisor | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'procos-engine-process-'));
});
afterEach(async () => {
  await supervisor?.stop();
  supervisor = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** A supervisor whose engine is this program, with answers as given. */
function supervised(program = 'process.stdin.resume()', engine: Partial<SupervisedEngine> = {}) {
  writeFileSync(join(folder, 'engine.json'), JSON.stringify({ java: process.execPath, args: ['-e', program] }));
  const published: { event: string; attempt: number | undefined; at: number }[] = [];
  const pids: (number | undefined)[] = [];
  const counters = { health_checks_ok: 0, health_checks_fail: 0, camunda_wait_attempts: 0, engine_restarts: 0 };
  const settings = {
    PROCOS_ENGINE_HOME: folder,
    PROCOS_ENGINE_DATA_DIR: join(folder, 'data'),
    PROCOS_ENGINE_LOG_FILE: join(folder, 'engine.log'),
    HEALTH_CHECK_INTERVAL: '1',
    HEALTH_MAX_CONSECUTIVE_FAILURES: '2',
  };
  supervisor = createEngineSupervisor({
    config: { ...readConfig(engineSupervisionFields(), settings), engineBaseUrl: 'http://127.0.0.1:9' },
    engine: { isReady: async () => true, presence: async () => 'nobody', ...engine },
    env: {},
    publish: (event, data) =>
      published.push({ event, attempt: data?.['attempt'] as number | undefined, at: performance.now() }),
    counters,
    onEnginePid: (pid) => void pids.push(pid),
  });
  const events = () => published.map(({ event, attempt }) => (attempt === undefined ? event : `${event} ${attempt}`));
  return { supervisor, published, events, pids, counters };
}

const checked = async () => undefined;

describe('the supervisor of an engine', () => {
  it('starts none where one answers already, and never restarts that one', async () => {
    const made = supervised(undefined, { presence: async () => 'engine', isReady: async () => false });

    expect(await made.supervisor.startUnlessRunning()).toEqual({ alreadyRunning: true });
    made.supervisor.monitor(checked);

    await expect.poll(() => made.counters.health_checks_fail, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    expect(made.pids).toEqual([]);
    expect(made.counters.engine_restarts).toBe(0);
  });

  it.each([
    ['refused', 'PROCOS_KERNEL_ENGINE_CREDENTIALS'],
    ['foreign', 'PROCOS_KERNEL_ENGINE_FOREIGN'],
  ] as const)('starts none where the answer is "%s", and says so', async (found, code) => {
    const made = supervised(undefined, { presence: async () => found });

    await expect(made.supervisor.startUnlessRunning()).rejects.toMatchObject({ code });
    expect(made.pids).toEqual([]);
  });

  it('starts another at once when the process has ended, and tells its process', async () => {
    const made = supervised();
    await made.supervisor.startUnlessRunning();
    await made.supervisor.waitUntilReady();
    made.supervisor.monitor(checked);

    process.kill(made.pids[0] ?? 0, 'SIGKILL');

    await expect.poll(() => made.events().at(-1), { timeout: 10_000 }).toBe('kernel_engine_restarted 1');
    expect(made.events()).toEqual([
      'kernel_engine_unhealthy',
      'kernel_engine_restarting 1',
      'kernel_engine_restarted 1',
    ]);
    expect(made.supervisor.pid()).toBe(made.pids[1]);
    expect(made.counters.engine_restarts).toBe(1);
  });

  it('restarts one that stays ill, only after the number of failures that is set', async () => {
    let isWell = false;
    const made = supervised(undefined, { isReady: async () => isWell });
    await made.supervisor.startUnlessRunning();
    made.supervisor.monitor(async () => void (isWell = made.counters.engine_restarts > 0));

    await expect.poll(() => made.counters.engine_restarts, { timeout: 10_000 }).toBe(1);
    isWell = true;

    expect(made.events().slice(0, 3)).toEqual([
      'kernel_engine_unhealthy',
      'kernel_engine_unhealthy',
      'kernel_engine_restarting 1',
    ]);
    await expect.poll(() => made.events().at(-1), { timeout: 10_000 }).toBe('kernel_engine_restarted 1');
  });

  it('waits longer before each restart in a row, and no restart follows a stop', async () => {
    const made = supervised('process.exit(3)', { isReady: async () => false });
    await made.supervisor.startUnlessRunning();
    made.supervisor.monitor(checked);

    await expect.poll(() => made.events().at(-1), { timeout: 15_000 }).toBe('kernel_engine_restarting 3');
    await made.supervisor.stop();
    const restarts = made.published.filter(({ event }) => event === 'kernel_engine_restarting').map(({ at }) => at);

    // 1 s, then 2 s: a timer may fire a moment early.
    expect((restarts[1] ?? 0) - (restarts[0] ?? 0)).toBeGreaterThan(950);
    expect((restarts[2] ?? 0) - (restarts[1] ?? 0)).toBeGreaterThan(1_950);
    const before = made.pids.length;
    await new Promise((done) => setTimeout(done, 1_500));
    expect(made.pids.length).toBe(before);
  }, 30_000);
});
