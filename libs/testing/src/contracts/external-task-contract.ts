import { setTimeout as delay } from 'node:timers/promises';
import { type EngineClient, EngineRequestError, type LockedTask } from '@procos/engine-client';
import { expect, it } from 'vitest';

/** What the suite is run on: an engine and a way to make a task appear. */
export interface EngineOfTasks {
  readonly tasks: EngineClient['externalTasks'];
  /** @param outer variables of the scope around the task @returns the task's id */
  readonly create: (topic: string, outer?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Topics of this run: no other worker asks for them. */
  readonly topic: string;
}

const lockMs = 1_500;

/** What the worker runtime relies on in the engine's external-task API. The real engine and the fake one both pass. */
export function externalTaskContract(engine: EngineOfTasks): void {
  const { tasks, topic } = engine;
  const fetch = (workerId: string, waitMs?: number, lockDuration = lockMs) =>
    tasks.fetchAndLock({
      workerId,
      maxTasks: 10,
      topics: [{ topicName: topic, lockDuration }],
      ...(waitMs === undefined ? {} : { waitMs }),
    });
  const refused = (status: number) => expect.objectContaining({ name: EngineRequestError.name, status }) as Error;
  const end = (id: string, workerId: string) => tasks.complete(id, workerId);
  const idsOf = (locked: readonly LockedTask[]) => locked.map(({ id }) => id);

  it('gives a task to one worker at a time, and again when the lock has ended', async () => {
    const id = await engine.create(topic);

    expect(idsOf(await fetch('one'))).toEqual([id]);
    expect(await fetch('two')).toEqual([]);
    await delay(lockMs + 50);
    expect(idsOf(await fetch('two'))).toEqual([id]);
    await end(id, 'two');
  });

  it('takes no outcome from a worker that is not the last to have locked the task', async () => {
    const id = await engine.create(topic);
    await fetch('one', undefined, 100);
    await delay(150);
    await fetch('two');

    await expect(tasks.complete(id, 'one')).rejects.toEqual(refused(400));
    await expect(tasks.bpmnError(id, 'one', { code: 'X', message: 'x' })).rejects.toEqual(refused(400));
    await expect(tasks.fail(id, 'one', { errorMessage: 'x', retries: 1, retryTimeout: 0 })).rejects.toEqual(
      refused(400),
    );
    await end(id, 'two');
  });

  it('takes the outcome of an ended lock as long as nobody else has locked the task', async () => {
    const id = await engine.create(topic);
    await fetch('one', undefined, 100);
    await delay(150);

    await end(id, 'one');

    await expect(tasks.get(id)).rejects.toEqual(refused(404));
    await expect(tasks.complete(id, 'one')).rejects.toEqual(refused(404));
  });

  it('extends a lock of the same worker that has not ended, and no other', async () => {
    const id = await engine.create(topic);
    await fetch('one', undefined, 400);

    await expect(tasks.extendLock(id, 'two', lockMs)).rejects.toEqual(refused(400));
    await tasks.extendLock(id, 'one', 800);
    await delay(500);
    expect(await fetch('two')).toEqual([]);
    await delay(400);
    await expect(tasks.extendLock(id, 'one', lockMs)).rejects.toEqual(refused(400));
    await end(id, 'one');
  });

  it('locks a given task whose lock has ended, and refuses while another worker holds it', async () => {
    const id = await engine.create(topic);
    await fetch('one', undefined, 400);

    await expect(tasks.lock(id, 'two', lockMs)).rejects.toEqual(refused(400));
    await delay(450);
    expect((await tasks.get(id)).workerId).toBe('one');
    await tasks.lock(id, 'one', lockMs);
    expect(await fetch('two')).toEqual([]);
    await end(id, 'one');
  });

  it('keeps a failed task back until its retry is due, then gives it with the retries left', async () => {
    const id = await engine.create(topic);
    expect((await fetch('one'))[0]?.retries).toBeNull();
    await tasks.fail(id, 'one', { errorMessage: 'busy', retries: 2, retryTimeout: 400 });

    expect(await fetch('two')).toEqual([]);
    await delay(450);
    const [again] = await fetch('two');
    expect(again).toMatchObject({ id, retries: 2 });
    await end(id, 'two');
  });

  it('gives out no task without retries until somebody grants more', async () => {
    const id = await engine.create(topic);
    await fetch('one');
    await tasks.fail(id, 'one', { errorMessage: 'no use', retries: 0, retryTimeout: 0 });

    expect(await fetch('two')).toEqual([]);
    await tasks.setRetries(id, 1);
    expect(idsOf(await fetch('two'))).toEqual([id]);
    await end(id, 'two');
  });

  it('keeps what a failure leaves in the scope of its task, also for another worker, until the task ends', async () => {
    const id = await engine.create(topic);
    const [first] = await fetch('one');
    const executionId = first?.executionId ?? '';
    const kept = { text: 'ü\u0000'.repeat(3_000), list: [1, { none: null }] };
    expect(await tasks.localVariable(executionId, 'kept')).toBeUndefined();
    await tasks.fail(id, 'one', { errorMessage: 'busy', retries: 2, retryTimeout: 0, localVariables: { kept } });
    const [second] = await fetch('two');
    await tasks.fail(id, 'two', { errorMessage: 'busy', retries: 1, retryTimeout: 0 });

    expect(second?.executionId).toBe(executionId);
    expect(await tasks.localVariable(executionId, 'kept')).toEqual(kept);
    await fetch('three');
    await tasks.complete(id, 'three', {}, { kept: null });
    expect(await tasks.localVariable(executionId, 'kept')).toBeUndefined();
    await tasks.forgetLocalVariable(executionId, 'kept');
  });

  it('tells nothing of the same name that stands in a scope around the task, or at another task', async () => {
    const [id, other] = [await engine.create(topic, { kept: 'outer' }), await engine.create(topic)];
    const locked = await fetch('one');
    const executionOf = (taskId: string) => locked.find((task) => task.id === taskId)?.executionId ?? '';
    await tasks.fail(other, 'one', {
      errorMessage: 'busy',
      retries: 1,
      retryTimeout: 0,
      localVariables: { kept: 'foreign' },
    });

    expect(await tasks.localVariable(executionOf(id), 'kept')).toBeUndefined();
    expect(await tasks.localVariable(executionOf(other), 'kept')).toBe('foreign');
    await end(id, 'one');
    await tasks.bpmnError(other, 'one', { code: 'X', message: 'x', variables: { kept: null } });
    expect(await tasks.localVariable(executionOf(other), 'kept')).toBeUndefined();
  });

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
