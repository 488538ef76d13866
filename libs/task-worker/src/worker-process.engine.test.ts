import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient } from '@procos/engine-client';
import { eventually, useProcessDriver } from '@procos/testing';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { idleAfterMs } from './core/options.ts';
import { useWorkerProcesses } from './testing/use-worker-processes.ts';

const engine = inject('engine');
const driver = useProcessDriver(new URL('./testing/process-task.bpmn', import.meta.url));
const client = createEngineClient(engine);
const startWorker = useWorkerProcesses();
const folder = mkdtempSync(join(tmpdir(), 'worker-process-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sink = () => mkdtempSync(join(folder, 'sink-'));
const options = { engine, topic: 'process_test', name: 'victim', journalDir: join(folder, 'journal') };
/**
 * Longest time until the next start of the task, in milliseconds: from the kill on, or from the moment on at which there is a
 * worker to take it (how fast a machine starts a process is not the runtime's doing); for a peer without work, beyond the lock.
 */
const limit = 8_000;
/** The default length of a lock, in milliseconds. */
const lockMs = 5_000;
const rounds = 20;
/** At each of two moments. */
const kills = rounds / 2;

/** Every effect once, however often it was tried. */
function expectEachOnce(sinkDir: string, processInstanceIds: readonly string[]): void {
  const effects = readdirSync(sinkDir).filter((name) => name !== 'tries.log');
  expect(effects.map((name) => readFileSync(join(sinkDir, name), 'utf8')).sort()).toEqual(
    [...processInstanceIds].sort(),
  );
}

describe('a worker that is killed in the middle of a task', () => {
  it.each([
    ['before its effect', true],
    ['after its effect', false],
  ])(
    `and %s leaves it to its successor, at once, ${kills} times; the effect happens once`,
    { timeout: 240_000 },
    async (_, hangsBeforeEffect) => {
      const sinkDir = sink();
      const ids: string[] = [];
      const waits: number[] = [];
      const start = () => startWorker({ ...options, sinkDir, workMs: 20, hangs: 'first', hangsBeforeEffect });
      let worker = await start();
      for (let round = 0; round < kills; round++) {
        const id = await driver.start('process_task');
        ids.push(id);
        await worker.startedOn(id);
        await worker.end('SIGKILL');
        worker = await start();
        const startedAt = performance.now();
        waits.push((await worker.startedOn(id)) - startedAt);
        expect((await driver.ended(id)).endEvent).toBe('done');
      }
      await worker.end('SIGTERM');

      expect(Math.max(...waits)).toBeLessThan(limit);
      // At once: most of them before the lock of the dead one could have ended.
      expect(waits.toSorted((a, b) => a - b)[kills / 2]).toBeLessThan(lockMs / 2);
      expect(readFileSync(join(sinkDir, 'tries.log'), 'utf8').trim().split('\n')).toHaveLength(
        hangsBeforeEffect ? kills : 2 * kills,
      );
      expectEachOnce(sinkDir, ids);
    },
  );

  it('leaves it to a worker elsewhere when its lock has ended', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      const victim = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });
      const id = await driver.start('process_task');
      ids.push(id);
      await victim.startedOn(id);
      const peer = await startWorker({
        ...options,
        sinkDir,
        name: 'peer',
        journalDir: join(folder, 'elsewhere'),
        workMs: 20,
      });
      await victim.end('SIGKILL');
      const killedAt = performance.now();

      expect((await peer.startedOn(id)) - killedAt).toBeLessThan(limit);
      expect((await driver.ended(id)).endEvent).toBe('done');
      await peer.end('SIGTERM');
    }
    expectEachOnce(sinkDir, ids);
  });

  it('leaves it to one that has had nothing to do for long, too', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const id = await driver.start('process_task');
    const task = await eventually(
      'the task',
      async () => (await client.externalTasks.list({ processInstanceId: id }))[0],
    );
    await client.externalTasks.lock(task.id, 'victim', 600_000);
    const peer = await startWorker({ ...options, sinkDir, name: 'idle', journalDir: join(folder, 'idle'), workMs: 20 });
    await delay(idleAfterMs + 6_000);
    // The last that the engine hears of the victim.
    await client.externalTasks.extendLock(task.id, 'victim', lockMs);
    const killedAt = performance.now();

    expect((await peer.startedOn(id)) - killedAt).toBeLessThan(lockMs + limit);
    expect((await driver.ended(id)).endEvent).toBe('done');
    await peer.end('SIGTERM');
  });
});

describe('a worker that is told to stop under load', () => {
  it(`finishes or gives back everything, ${rounds} times: nothing locked, nothing lost`, {
    timeout: 240_000,
  }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    const startMany = async (count: number) =>
      void ids.push(...(await Promise.all(Array.from({ length: count }, () => driver.start('process_task')))));
    for (let round = 0; round < rounds; round++) {
      // Every other time, handlers take longer than the grace time; more tasks than places, and more come while it drains.
      const workMs = round % 2 === 0 ? 50 + 25 * round : 60_000;
      const worker = await startWorker({ ...options, sinkDir, workMs, concurrency: 4, graceMs: 1_500 });
      await startMany(12);
      await Promise.race(ids.map((id) => worker.startedOn(id)));

      const [code] = await Promise.all([worker.end('SIGTERM'), startMany(3), delay(400).then(() => startMany(3))]);

      expect(code).toBe(0);
      expect(await client.externalTasks.list({ workerId: worker.workerId, locked: true })).toEqual([]);
    }
    const last = await startWorker({ ...options, sinkDir, workMs: 1 });
    for (const id of ids) expect((await driver.ended(id)).endEvent).toBe('done');
    await last.end('SIGTERM');
    expectEachOnce(sinkDir, ids);
  });
});

describe('a task that ends its worker each time', () => {
  it('becomes an incident, and is not started any more', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const id = await driver.start('process_task');
    // The model allows two retries.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const worker = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });
      await worker.startedOn(id);
      await worker.end('SIGKILL');
    }
    const survivor = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });

    const incident = await eventually('the incident', async () => (await driver.incidents(id))[0]);

    expect(incident.incidentMessage).toBe('The worker died while it worked on this task');
    expect(readFileSync(join(sinkDir, 'tries.log'), 'utf8').trim().split('\n')).toHaveLength(3);
    await survivor.end('SIGTERM');
    await driver.terminate(id);
  });
});
