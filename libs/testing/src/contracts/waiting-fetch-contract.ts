import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type EngineOfTasks, fetcher, idsOf, lockMs, refused } from './engine-of-tasks.ts';

/** Requests for tasks that wait until there is one. */
export function waitingFetchContract(engine: EngineOfTasks): void {
  const { tasks, topic } = engine;
  const fetch = fetcher(engine);
  const end = (id: string, workerId: string) => tasks.complete(id, workerId);

  it('answers a pending request as soon as a task appears or is unlocked', async () => {
    const pending = fetch('one', 10_000);
    const id = await engine.create(topic);
    expect(idsOf(await pending)).toEqual([id]);
    expect((await tasks.list({ workerId: 'one', locked: true })).map((task) => task.id)).toContain(id);

    const other = fetch('two', 10_000);
    await delay(100);
    await tasks.unlock(id);
    expect(idsOf(await other)).toEqual([id]);
    await end(id, 'two');
  });

  it('gives a pending request a retry that has fallen due at its end, not sooner by itself', async () => {
    const id = await engine.create(topic);
    await fetch('one');
    await tasks.fail(id, 'one', { errorMessage: 'busy', retries: 1, retryTimeout: 200 });

    expect(idsOf(await fetch('two', 1_000))).toEqual([id]);
    await end(id, 'two');
  });

  it('ends a waiting request with 503 when the same worker sends another that waits, and forgets it', async () => {
    const waiting = fetch('one', 5_000).then(idsOf, (thrown: unknown) => thrown);
    await delay(100);
    const replacedAt = performance.now();
    await fetch('one', 1);

    expect(await waiting).toEqual(refused(503));
    expect(performance.now() - replacedAt).toBeLessThan(1_000);
    const id = await engine.create(topic);
    expect(idsOf(await fetch('two'))).toEqual([id]);
    await end(id, 'two');
  });

  it.each([
    ['arrives', 3_000],
    ['ends', 400],
  ])(
    'looks for all waiting requests whether a lock has ended, whenever a waiting request of anybody %s',
    async (_, otherWaitsMs) => {
      const id = await engine.create(topic);
      await fetch('one', undefined, 700);
      const waiting = fetch('two', 6_000).then((locked) => ({ ids: idsOf(locked), at: performance.now() }));
      await delay(otherWaitsMs > 700 ? 800 : 400);
      const other = tasks.fetchAndLock({
        workerId: 'three',
        maxTasks: 1,
        topics: [{ topicName: `${topic}_of_nobody`, lockDuration: lockMs }],
        waitMs: otherWaitsMs,
      });
      const sentAt = performance.now();

      const { ids, at } = await waiting;

      expect(ids).toEqual([id]);
      expect(at - sentAt).toBeLessThan(1_000);
      await end(id, 'two');
      await other;
    },
  );

  it('keeps a waiting request while the same worker sends one that is answered at once', async () => {
    const waiting = fetch('one', 5_000);
    await delay(100);
    expect(await fetch('one')).toEqual([]);

    const id = await engine.create(topic);

    expect(idsOf(await waiting)).toEqual([id]);
    await end(id, 'one');
  });
}
