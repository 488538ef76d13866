import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type EngineOfTasks, fetcher, idsOf, lockMs, refused } from './engine-of-tasks.ts';
import { waitingFetchContract } from './waiting-fetch-contract.ts';

/** What the worker runtime relies on in the engine's external-task API. The real engine and the fake one both pass. */
export function externalTaskContract(engine: EngineOfTasks): void {
  const { tasks, topic } = engine;
  const fetch = fetcher(engine);
  const end = (id: string, workerId: string) => tasks.complete(id, workerId);

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

  waitingFetchContract(engine);
}
