import { setTimeout as delay } from 'node:timers/promises';
import { decodeVariables, encodeVariables, EngineRequestError, EngineUnreachableError } from '@procos/engine-client';
import { eventually } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import type { HandlerResult } from './core/messages.ts';
import { useFakeEngine } from './testing/use-fake-engine.ts';

const fakeEngine = useFakeEngine();
const request = { method: 'POST', path: '/external-task' };
const done: HandlerResult = { kind: 'complete', variables: {} };
const completes = async () => done;
const until = (what: string, isSo: () => boolean, timeoutMs?: number) =>
  eventually(what, async () => (isSo() ? true : undefined), timeoutMs);

describe('a worker whose engine answers with errors', () => {
  it.each([401, 429, 503])('reports a result again until it is taken: %i says nothing about it', async (status) => {
    let [runs, reports] = [0, 0];
    const engine = fakeEngine();
    const task = engine.create('a', 'x');
    engine.work(
      { x: async () => (runs++, done) },
      {},
      {
        complete: async (id, workerId) => {
          if (++reports <= 4) throw new EngineRequestError(request, status, 'not now');
          return engine.tasks.complete(id, workerId);
        },
      },
    );

    await until('end', () => task.state === 'completed');

    expect([runs, reports, task.errorMessage]).toEqual([1, 5, null]);
  });

  it('waits for one that fails at a result, and not where it blames the model', { timeout: 20_000 }, async () => {
    const engine = fakeEngine();
    const [passing, broken] = [engine.create('passing', 'x'), engine.create('broken', 'x')];
    const startedAt = Date.now();
    engine.work(
      { x: completes },
      { retryPolicy: { retries: 0, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 } },
      {
        complete: async (id, workerId) => {
          if (id === 'broken')
            throw new EngineRequestError(request, 500, { type: 'ProcessEngineException', message: 'no such variable' });
          if (Date.now() - startedAt < 2_500)
            throw new EngineRequestError(request, 500, { type: 'PersistenceException', message: 'no connection' });
          return engine.tasks.complete(id, workerId);
        },
      },
    );

    await until('the incident', () => broken.retries === 0, 2_000);
    expect(broken.errorMessage).toBe(
      'The engine refused the result: no such variable. The result is kept: a retry sends it again without doing the work again',
    );
    await until('end', () => passing.state === 'completed');
    expect(passing.errorMessage).toBeNull();
  });

  it('reports a failure without its text when the engine cannot take that, so that it never stays unreported', async () => {
    const engine = fakeEngine();
    const task = engine.create('a', 'x');
    engine.work(
      { x: async () => ({ kind: 'thrown', fault: 'terminal', message: 'not\u0000text', details: '' }) },
      {},
      {
        fail: async (id, workerId, report) => {
          if (report.errorMessage.includes('\u0000'))
            throw new EngineRequestError(request, 400, 'invalid byte sequence');
          return engine.tasks.fail(id, workerId, report);
        },
      },
    );

    await until('the incident', () => task.retries === 0);

    expect(task.errorMessage).toBe('The task has failed; the engine did not take the text of its failure');
  });

  it('reports that a result cannot be encoded, instead of trying for ever', async () => {
    const engine = fakeEngine();
    const task = engine.create('a', 'x');
    engine.work(
      { x: completes },
      { retryPolicy: { retries: 0, backoffMs: 10, maxBackoffMs: 10, timeoutMs: 0 } },
      {
        complete: async () => void encodeVariables({ count: Number.NaN }),
      },
    );

    await until('the incident', () => task.retries === 0);

    expect(task.errorMessage).toMatch(
      /^The engine refused the result: The variable "count" cannot be kept: It is NaN.*\. The result /,
    );
  });
});

describe('a result that the engine refused', () => {
  const paid: HandlerResult = {
    kind: 'complete',
    variables: { receipt: 'r-1', long: 'ü'.repeat(5_000), none: null, list: [1, 2] },
    localVariables: { tries: 1 },
  };

  it('is reported by another worker, later, whole, and without its handler', async () => {
    const engine = fakeEngine();
    let runs = 0;
    let isBroken = true;
    const reported: unknown[] = [];
    const task = engine.create('a', 'x');
    const changed = {
      complete: async (id: string, workerId: string, variables = {}, localVariables = {}) => {
        if (isBroken)
          throw new EngineRequestError(request, 500, {
            type: 'ProcessEngineException',
            message: 'Unknown property used in expression: ${approvedd}',
          });
        reported.push(decodeVariables(encodeVariables(variables)), decodeVariables(encodeVariables(localVariables)));
        return engine.tasks.complete(id, workerId);
      },
    };
    const first = engine.work({ x: async () => (runs++, paid) }, {}, changed);
    await until('the incident', () => task.retries === 0);
    await first.stop(100);

    isBroken = false;
    await engine.tasks.setRetries('a', 1);
    engine.work({ x: async () => (runs++, done) }, {}, changed);
    await until('end', () => task.state === 'completed');

    expect(runs).toBe(1);
    expect(reported).toEqual([paid.variables, { tries: 1, procos_kept_result: null }]);
  });

  it('is not taken from another task, from another topic or from what is none', async () => {
    const engine = fakeEngine();
    let runs = 0;
    const documents: unknown[] = [
      { task: 'other', topic: 'x', result: { kind: 'complete', variables: {} } },
      { task: 'b', topic: 'y', result: { kind: 'complete', variables: {} } },
      'text',
      { task: 'd', topic: 'x' },
    ];
    const tasks = ['a', 'b', 'c', 'd'].map((id, index) =>
      Object.assign(engine.create(id, 'x'), { retries: 1, localVariables: { procos_kept_result: documents[index] } }),
    );
    engine.work({ x: async () => (runs++, done) });

    await until('end', () => tasks.every(({ state }) => state === 'completed'));

    expect(runs).toBe(4);
  });

  it('and cannot be kept opens an incident at once, because a retry does the work again', async () => {
    const engine = fakeEngine();
    let runs = 0;
    const task = engine.create('a', 'x');
    engine.work(
      { x: async () => (runs++, { kind: 'complete', variables: { text: 'x'.repeat(1_100_000) } }) },
      {},
      {
        complete: () =>
          Promise.reject(
            new EngineRequestError(request, 500, { type: 'ProcessEngineException', message: 'no such variable' }),
          ),
      },
    );

    await until('the incident', () => task.retries === 0);

    expect(runs).toBe(1);
    expect(task.errorMessage).toMatch(
      /no such variable\. The result could not be kept: it has 1,1\d\d,\d{3} bytes, 1,048,576 at most are kept\. A retry does the work again$/,
    );
    expect(task.localVariables).toEqual({});
  });
});

describe('a worker that is given a task again before it knows that its failure was reported', () => {
  it('runs the next attempt', async () => {
    const engine = fakeEngine();
    const attempts: number[] = [];
    let isLost = false;
    const task = engine.create('a', 'x');
    engine.work(
      {
        x: async ({ id }, { attempt }) => {
          if (id === 'a') attempts.push(attempt);
          return id === 'a' && attempts.length === 1
            ? { kind: 'thrown', fault: 'retryable', message: 'busy', details: '' }
            : done;
        },
      },
      {},
      {
        fail: async (id, workerId, report) => {
          await engine.tasks.fail(id, workerId, report);
          if (isLost) return;
          isLost = true;
          // Another task wakes the poll, which brings the retry before the report is sent again.
          setTimeout(() => engine.create('b', 'x'), 30);
          throw new EngineUnreachableError(request, 'fake', new Error('reset'));
        },
      },
    );

    await until('end', () => task.state === 'completed');

    expect(task.errorMessage).toBe('busy');
    expect(attempts).toEqual([1, 2]);
    expect(engine.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a worker that replaces its poll', () => {
  it('stays ready and warns of nothing, although the engine cancels the old one', async () => {
    const engine = fakeEngine();
    const states = new Set<boolean>();
    const worker = engine.work(
      { x: async () => (await delay(500), done), y: completes },
      { limits: { x: { concurrency: 1 } } },
    );
    const watch = setInterval(() => states.add(worker.engineReachable()), 5);
    await delay(150);
    const task = engine.create('a', 'x');

    await until('end', () => task.state === 'completed');
    await delay(600);
    clearInterval(watch);

    expect([...states]).toEqual([true]);
    expect(engine.log.map(({ event }) => event)).not.toContain('worker_fetch_failed');
  });
});

describe('a worker that is told to stop', () => {
  it('again, waits for the same end', async () => {
    const engine = fakeEngine();
    engine.create('a', 'x');
    const started = Promise.withResolvers<void>();
    const worker = engine.work({ x: async () => (started.resolve(), await delay(300), done) });
    await started.promise;

    const first = worker.stop();
    await worker.stop();
    expect(worker.state()).toBe('STOPPED');
    await first;
    expect(engine.log.filter(({ event }) => event === 'worker_stopped')).toHaveLength(1);
  });

  it('without time enough writes down what it could not finish', async () => {
    const engine = fakeEngine();
    engine.create('a', 'x');
    const started = Promise.withResolvers<void>();
    const worker = engine.work(
      { x: async () => (started.resolve(), await delay(5_000), done) },
      {},
      { unlock: () => new Promise(() => undefined) },
    );
    await started.promise;

    await worker.stop(200);

    expect(worker.state()).toBe('FAILED');
    expect(worker.inFlight()).toBe(0);
    expect(engine.log.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['task_outcome_not_reported', 'worker_drain_failed']),
    );
  });
});

describe('a worker with more tasks of a slow topic than its window holds', () => {
  it.each([
    ['has places for every other topic', 20, 4],
    ['has a place for every other topic, even in a small window', 3, 2],
  ])('%s', async (_, concurrency, quick) => {
    const engine = fakeEngine();
    for (let number = 0; number < 40; number++) engine.create(`slow-${number}`, 'slow');
    const forever = () => new Promise<HandlerResult>(() => undefined);
    const worker = engine.work({ slow: forever, quick: forever }, { concurrency, maxTasks: 10 });
    await delay(400);
    expect(worker.inFlight()).toBeGreaterThan(concurrency / 2 - 1);

    for (let number = 0; number < quick; number++) engine.create(`quick-${number}`, 'quick');

    const runs = () =>
      [...engine.store.tasks.values()].filter(
        ({ topic, workerId }) => topic === 'quick' && workerId === worker.workerId,
      ).length;
    await until('a quick one', () => runs() >= 1, 1_000);
    await worker.stop(100);
  });
});
