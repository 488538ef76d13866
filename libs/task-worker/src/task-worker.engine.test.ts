import { defineTaskContract } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { eventually, useProcessDriver } from '@procos/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { defineTask, type TaskContext } from './define-task.ts';
import { createTaskWorker, type TaskWorker, type TaskWorkerOptions } from './task-worker.ts';

interface Input {
  readonly question: string;
}
const contract = defineTaskContract({
  topic: 'worker_test',
  title: 'Test',
  description: 'Test.',
  input: Type.Object({ question: Type.String({ default: 'none' }) }),
  output: Type.Object({ result: Type.Optional(Type.String()) }),
});
const driver = useProcessDriver(new URL('./testing/one-task.bpmn', import.meta.url));
const engine = createEngineClient(inject('engine'));
const workers: TaskWorker[] = [];

function work(
  run: (input: Input, context: TaskContext) => Promise<{ result?: string }>,
  options: Partial<TaskWorkerOptions> = {},
): TaskWorker {
  const worker = createTaskWorker({
    client: engine,
    workerType: 'test-worker',
    tasks: [defineTask(contract, run)],
    logger: silentLogger,
    metrics: createMetrics(),
    lockDurationMs: 10_000,
    longPollMs: 1_000,
    ...options,
  });
  worker.start();
  workers.push(worker);
  return worker;
}
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

const openTask = async (processInstanceId: string) => (await engine.externalTasks.list({ processInstanceId }))[0];
const incident = (id: string) => eventually(`incident of ${id}`, async () => (await driver.incidents(id))[0]);

describe('a task worker on the real engine', () => {
  it('hands over checked variables and completes with what the handler returns, long text included', async () => {
    const long = 'ü'.repeat(20_000);
    work(async ({ question }) => ({ result: `${question}!` }));

    const id = await driver.start('worker_one_task', { question: long });

    const end = await driver.ended(id);
    expect(end.variables['result']).toBe(`${long}!`);
    expect(end.endEvent).toBe('done');
  });

  it('takes the modelled path for a BPMN error', async () => {
    work(() => Promise.reject(new BpmnError('KNOWN', 'this one is expected')));

    const end = await driver.ended(await driver.start('worker_one_task'));

    expect(end.endEvent).toBe('refused');
    expect(end.variables['told']).toBe('this one is expected');
  });

  it('tries again after a passing fault, soon, with the same idempotency key and a higher attempt', async () => {
    const attempts: { attempt: number; key: string }[] = [];
    work(async (_input, { lease }) => {
      attempts.push({ attempt: lease.attempt, key: lease.idempotencyKey });
      if (attempts.length < 3) throw new RetryableError('busy');
      return { result: 'done' };
    });

    const id = await driver.start('worker_one_task');

    expect((await driver.ended(id)).endEvent).toBe('done');
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(attempts.map(({ key }) => key)).size).toBe(1);
  });

  it.each([
    ['a terminal error', () => Promise.reject(new TerminalError('no key')), 'no key', 1],
    ['a fault of the code, after the retries of the model', () => Promise.reject(new TypeError('oops')), 'oops', 3],
    [
      'a result the contract does not allow',
      () => Promise.resolve({ result: 5 as unknown as string }),
      'gave a wrong result: result must be text, number given',
      1,
    ],
  ])('opens an incident for %s', async (_, run, message, attempts) => {
    let ran = 0;
    work(() => {
      ran++;
      return run();
    });

    const id = await driver.start('worker_one_task');

    expect((await incident(id)).incidentMessage).toContain(message);
    expect(ran).toBe(attempts);
    await driver.terminate(id);
  });

  it('names variable, rule and kind of a wrong input, never its value', async () => {
    work(async () => ({}));

    const id = await driver.start('worker_one_task', { question: { canary: 'canary' } });

    const { incidentMessage } = await incident(id);
    expect(incidentMessage).toBe('Wrong input for task worker_test: question must be text, object given');
    await driver.terminate(id);
  });

  it('opens an incident when the engine refuses the result, instead of running for ever', async () => {
    // The gateway behind the task needs a variable that this result leaves out.
    work(async () => ({}));

    const id = await driver.start('worker_one_task', {});
    const end = await eventually(
      'end or incident',
      async () => ((await driver.incidents(id)).length > 0 ? 'incident' : undefined),
      25_000,
    );

    expect(end).toBe('incident');
    expect((await incident(id)).incidentMessage).toMatch(/^The engine refused the result: .*result/);
    await driver.terminate(id);
  });

  it('keeps its lease while the handler takes longer than the lock', async () => {
    let ran = 0;
    work(
      async () => {
        ran++;
        await delay(5_000);
        return { result: 'late' };
      },
      { lockDurationMs: 3_000 },
    );

    const end = await driver.ended(await driver.start('worker_one_task'));

    expect(end.endEvent).toBe('done');
    expect(ran).toBe(1);
  });

  it('aborts the handler when its task is taken away, and its result does not count', async () => {
    const [started, aborted, ended] = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<string>(),
      Promise.withResolvers<void>(),
    ];
    // One place only: the worker does not ask for the topic while its handler runs.
    work(
      async (_input, { lease }) => {
        started.resolve();
        lease.signal.addEventListener('abort', () => aborted.resolve(String(lease.signal.reason)));
        await delay(3_000);
        ended.resolve();
        return { result: 'stale' };
      },
      { lockDurationMs: 1_000, topicConcurrency: 1 },
    );
    const id = await driver.start('worker_one_task');
    await started.promise;
    const task = await eventually('the task', async () => await openTask(id));
    await engine.externalTasks.unlock(task.id);
    await engine.externalTasks.lock(task.id, 'thief', 60_000);

    expect(await aborted.promise).toContain('was lost');
    await ended.promise;
    await delay(500);

    expect(await openTask(id)).toMatchObject({ workerId: 'thief', retries: null });
    await engine.externalTasks.complete(task.id, 'thief', { result: 'fresh' });
    expect((await driver.ended(id)).variables['result']).toBe('fresh');
  });

  it('drains: finishes what is in work, takes nothing new, and leaves nothing locked', async () => {
    const started = Promise.withResolvers<void>();
    const worker = work(
      async () => {
        started.resolve();
        await delay(300);
        return { result: 'drained' };
      },
      { longPollMs: 20_000 },
    );
    const id = await driver.start('worker_one_task');
    await started.promise;

    await worker.stop();
    const later = await driver.start('worker_one_task');
    // A poll that was left behind would be given this task at once.
    await delay(1_000);

    expect(worker.state()).toBe('STOPPED');
    expect((await driver.ended(id)).variables['result']).toBe('drained');
    expect(await engine.externalTasks.list({ workerId: worker.workerId, locked: true })).toEqual([]);
    expect(await openTask(later)).toMatchObject({ workerId: null, lockExpirationTime: null });
    await driver.terminate(later);
  });

  it('gives an attempt no more time than its policy says', async () => {
    const reasons: string[] = [];
    work(
      (_input, { lease }) => {
        lease.signal.addEventListener('abort', () => reasons.push(String(lease.signal.reason)));
        return new Promise(() => undefined);
      },
      { retryPolicy: { timeoutMs: 150 } },
    );

    const id = await driver.start('worker_one_task');

    expect((await incident(id)).incidentMessage).toBe('Task worker_test took longer than 150 ms');
    expect(reasons).toEqual(Array(3).fill('RetryableError: Task worker_test took longer than 150 ms'));
    await driver.terminate(id);
  });
});
