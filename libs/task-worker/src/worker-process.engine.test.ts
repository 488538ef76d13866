import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineClient } from '@procos/engine-client';
import { eventually, useProcessDriver } from '@procos/testing';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { useWorkerProcesses } from './testing/use-worker-processes.ts';

const engine = inject('engine');
const driver = useProcessDriver(new URL('./testing/process-task.bpmn', import.meta.url));
const client = createEngineClient(engine);
const startWorker = useWorkerProcesses();
const folder = mkdtempSync(join(tmpdir(), 'worker-process-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sink = () => mkdtempSync(join(folder, 'sink-'));
const options = { engine, topic: 'process_test', name: 'victim', journalDir: join(folder, 'journal') };
/** Longest time between the kill and the next start of the task, in milliseconds. */
const limit = 8_000;
const rounds = 20;

/** Every effect once, however often it was tried. */
function expectEachOnce(sinkDir: string, processInstanceIds: readonly string[]): void {
  const effects = readdirSync(sinkDir).filter((name) => name !== 'tries.log');
  expect(effects.map((name) => readFileSync(join(sinkDir, name), 'utf8')).sort()).toEqual([...processInstanceIds].sort());
}

describe('a worker that is killed in the middle of a task', () => {
  it(`leaves it to its successor, at once, ${rounds} times; the effect happens once`, { timeout: 240_000 }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    const waits: number[] = [];
    let worker = await startWorker({ ...options, sinkDir, workMs: 20, hangs: 'first' });
    for (let round = 0; round < rounds; round++) {
      const id = await driver.start('process_task');
      ids.push(id);
      await worker.startedOn(id);
      await worker.end('SIGKILL');
      const killedAt = performance.now();
      worker = await startWorker({ ...options, sinkDir, workMs: 20, hangs: 'first' });
      waits.push((await worker.startedOn(id)) - killedAt);
      expect((await driver.ended(id)).endEvent).toBe('done');
    }
    await worker.end('SIGTERM');

    expect(Math.max(...waits)).toBeLessThan(limit);
    expect(readFileSync(join(sinkDir, 'tries.log'), 'utf8').trim().split('\n')).toHaveLength(2 * rounds);
    expectEachOnce(sinkDir, ids);
  });

  it('leaves it to a worker elsewhere when its lock has ended', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      const victim = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });
      const id = await driver.start('process_task');
      ids.push(id);
      await victim.startedOn(id);
      const peer = await startWorker({ ...options, sinkDir, name: 'peer', journalDir: join(folder, 'elsewhere'), workMs: 20 });
      await victim.end('SIGKILL');
      const killedAt = performance.now();

      expect((await peer.startedOn(id)) - killedAt).toBeLessThan(limit);
      expect((await driver.ended(id)).endEvent).toBe('done');
      await peer.end('SIGTERM');
    }
    expectEachOnce(sinkDir, ids);
  });
});

describe('a worker that is told to stop under load', () => {
  it(`finishes or gives back everything, ${rounds} times: nothing locked, nothing lost`, { timeout: 240_000 }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const worker = await startWorker({ ...options, sinkDir, workMs: 50 + 25 * round });
      const started = await Promise.all(Array.from({ length: 12 }, () => driver.start('process_task')));
      ids.push(...started);
      await Promise.race(started.map((id) => worker.startedOn(id)));

      expect(await worker.end('SIGTERM')).toBe(0);
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
