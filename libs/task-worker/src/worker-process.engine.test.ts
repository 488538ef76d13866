import { eventually } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { useProcessTasks } from './testing/use-process-tasks.ts';
import { useWorkerProcesses } from './testing/use-worker-processes.ts';

const { driver, options, start, sink, tries, expectEachOnce } = useProcessTasks('process_killed');
const startWorker = useWorkerProcesses();
/**
 * Longest time until the next start of the task, in milliseconds, from the moment on at which there is a worker to take it: how
 * fast a machine starts a process is not the runtime's doing.
 */
const limit = 8_000;
/** The default length of a lock, in milliseconds. */
const lockMs = 5_000;
/** At each of two moments. */
const kills = 10;

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
      const startNext = () => startWorker({ ...options, sinkDir, workMs: 20, hangs: 'first', hangsBeforeEffect });
      let worker = await startNext();
      for (let round = 0; round < kills; round++) {
        const id = await start();
        ids.push(id);
        await worker.startedOn(id);
        await worker.end('SIGKILL');
        worker = await startNext();
        const startedAt = performance.now();
        waits.push((await worker.startedOn(id)) - startedAt);
        expect((await driver.ended(id)).endEvent).toBe('done');
      }
      await worker.end('SIGTERM');

      expect(Math.max(...waits)).toBeLessThan(limit);
      // At once: most of them before the lock of the dead one could have ended.
      expect(waits.toSorted((a, b) => a - b)[kills / 2]).toBeLessThan(lockMs / 2);
      expect(tries(sinkDir)).toHaveLength(hangsBeforeEffect ? kills : 2 * kills);
      expectEachOnce(sinkDir, ids);
    },
  );
});

describe('a task that ends its worker each time', () => {
  it('becomes an incident, and is not started any more', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const id = await start();
    // The model allows two retries.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const worker = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });
      await worker.startedOn(id);
      await worker.end('SIGKILL');
    }
    const survivor = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });

    const incident = await eventually('the incident', async () => (await driver.incidents(id))[0]);

    expect(incident.incidentMessage).toBe('The worker died while it worked on this task');
    expect(tries(sinkDir)).toHaveLength(3);
    await survivor.end('SIGTERM');
    await driver.terminate(id);
  });
});
