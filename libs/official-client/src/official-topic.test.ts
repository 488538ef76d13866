import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EngineClient } from '@procos/engine-client';
import { silentLogger } from '@procos/logging';
import { createTopicWorker } from '@procos/task-worker/topic-worker';
import { createMetrics } from '@procos/telemetry';
import { createFakeExternalTasks, createFakeTaskStore, eventually } from '@procos/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OfficialHandler, OfficialTaskService } from './official-package.ts';
import { officialTopic } from './official-topic.ts';

/** A worker on the fake engine with one handler, whose subscription asks for locks of this length. */
function serve(handler: OfficialHandler, lockDuration = 5_000) {
  const store = createFakeTaskStore(Date.now);
  const tasks = createFakeExternalTasks(store);
  const events = new EventEmitter();
  const seen: string[] = [];
  for (const event of ['complete:success', 'complete:error', 'unlock:success', 'handler:success', 'handler:error'])
    events.on(event, ({ id }: { id?: string }) => seen.push(`${event} ${id ?? ''}`.trim()));
  const client = { externalTasks: tasks, forgetsSupersededFetches: async () => true } as unknown as EngineClient;
  const context = {
    client,
    events,
    engineService: {},
    attempts: new Map(),
  };
  const worker = createTopicWorker(
    {
      client,
      workerType: 'test-worker',
      logger: silentLogger,
      metrics: createMetrics(),
      retryPolicy: { retries: 2, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 },
    },
    [officialTopic('x', { handler, lockDuration, unsubscribe: () => undefined }, context)],
  );
  onTestFinished(() => worker.stop(500));
  worker.start();
  const task = store.create('a', 'x');
  tasks.created();
  return { seen, task };
}

describe('an asynchronous handler of the official client', () => {
  it('may report its outcome after it has ended, from a callback', async () => {
    const { task, seen } = serve(async ({ task: { id }, taskService }) => {
      setTimeout(() => void taskService.complete(id), 150);
    });

    await eventually('the end', async () => (task.state === 'completed' ? true : undefined));

    expect(task.errorMessage).toBeNull();
    await eventually('the event', async () => (seen.includes('complete:success a') ? true : undefined));
    expect(seen).toEqual(['handler:success a', 'complete:success a']);
  });

  it('that reports none has failed when the lock would have ended that it asked for, and not before', async () => {
    const startedAt = performance.now();
    const { task } = serve(async ({ task: given, taskService }) => {
      await taskService.extendLock(given, 400);
    }, 100);

    await eventually('the failure', async () => task.errorMessage ?? undefined);

    expect(task).toMatchObject({ errorMessage: 'The handler of x has ended without reporting an outcome', retries: 2 });
    expect(performance.now() - startedAt).toBeGreaterThan(390);
  });

  it('cannot end a later attempt with what it reports too late', async () => {
    const services: OfficialTaskService[] = [];
    const late = Promise.withResolvers<unknown>();
    const { task } = serve(async ({ task: given, taskService }) => {
      services.push(taskService);
      if (services.length === 1) throw new Error('busy');
      services[0]?.complete(given).then(late.resolve, late.reject);
      await delay(100);
      await taskService.handleBpmnError(given, 'KNOWN');
    });

    await expect(late.promise).rejects.toThrow('The outcome of task a has been reported already, or its time was over');
    await eventually('the end', async () => (task.state === 'bpmnError' ? true : undefined));
  });

  it('may give its task back', async () => {
    let runs = 0;
    const { task, seen } = serve(async ({ task: given, taskService }) => {
      runs++;
      await (runs === 1 ? taskService.unlock(given) : taskService.complete(given));
    });

    await eventually('the end', async () => (task.state === 'completed' ? true : undefined));

    expect(task).toMatchObject({ errorMessage: null, retries: null });
    expect(runs).toBe(2);
    expect(seen).toContain('unlock:success a');
  });

  it('is told when the engine has not taken its result', async () => {
    const answer = Promise.withResolvers<unknown>();
    const served = serve(async ({ task, taskService }) => {
      Object.assign(served.task, { workerId: 'thief' });
      answer.resolve(await taskService.complete(task).catch((thrown: unknown) => thrown));
    });

    expect(await answer.promise).toEqual(new Error('The engine did not take the outcome of task a: refused'));
  });
});
