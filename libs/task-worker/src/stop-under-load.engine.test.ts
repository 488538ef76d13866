import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient } from '@procos/engine-client';
import { describe, expect, it } from 'vitest';
import { useProcessTasks } from './testing/use-process-tasks.ts';
import { useWorkerProcesses } from './testing/use-worker-processes.ts';

const { driver, options, start, sink, expectEachOnce } = useProcessTasks('process_stop');
const client = createEngineClient(options.engine);
const startWorker = useWorkerProcesses();
const rounds = 20;

describe('a worker that is told to stop under load', () => {
  it(`finishes or gives back everything, ${rounds} times: nothing locked, nothing lost`, {
    timeout: 240_000,
  }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    const startMany = async (count: number) =>
      void ids.push(...(await Promise.all(Array.from({ length: count }, () => start()))));
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
