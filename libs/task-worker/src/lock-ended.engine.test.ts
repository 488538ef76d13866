import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient } from '@procos/engine-client';
import { eventually } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { idleAfterMs } from './core/options.ts';
import { useProcessTasks } from './testing/use-process-tasks.ts';
import { useWorkerProcesses } from './testing/use-worker-processes.ts';

const { driver, options, start, sink, elsewhere, expectEachOnce } = useProcessTasks('process_lock_ended');
const client = createEngineClient(options.engine);
const startWorker = useWorkerProcesses();
/** Longest time until the next start of the task, in milliseconds, from the kill on; for a peer without work, beyond the lock. */
const limit = 8_000;
/** The default length of a lock, in milliseconds. */
const lockMs = 5_000;

describe('the task of a worker that is killed', () => {
  it('goes to a worker elsewhere when its lock has ended', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      const victim = await startWorker({ ...options, sinkDir, workMs: 0, hangs: 'all' });
      const id = await start();
      ids.push(id);
      await victim.startedOn(id);
      const peer = await startWorker({
        ...options,
        sinkDir,
        name: 'peer',
        journalDir: elsewhere('elsewhere'),
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

  it('goes to one that has had nothing to do for long, too', { timeout: 120_000 }, async () => {
    const sinkDir = sink();
    const id = await start();
    const task = await eventually(
      'the task',
      async () => (await client.externalTasks.list({ processInstanceId: id }))[0],
    );
    await client.externalTasks.lock(task.id, 'victim', 600_000);
    const peer = await startWorker({ ...options, sinkDir, name: 'idle', journalDir: elsewhere('idle'), workMs: 20 });
    await delay(idleAfterMs + 6_000);
    // The last that the engine hears of the victim.
    await client.externalTasks.extendLock(task.id, 'victim', lockMs);
    const killedAt = performance.now();

    expect((await peer.startedOn(id)) - killedAt).toBeLessThan(lockMs + limit);
    expect((await driver.ended(id)).endEvent).toBe('done');
    await peer.end('SIGTERM');
  });
});
