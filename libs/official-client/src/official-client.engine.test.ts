import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient } from '@procos/engine-client';
import { eventually, useProcessDriver } from '@procos/testing';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { BasicAuthInterceptor, Client, Variables } from './index.ts';

const driver = useProcessDriver(new URL('./testing/official-task.bpmn', import.meta.url));
const engine = createEngineClient(inject('engine'));
const { baseUrl, user: username = '', password = '' } = inject('engine');
const clients: Client[] = [];

function client(): Client {
  const made = new Client({
    baseUrl,
    workerId: 'moved',
    asyncResponseTimeout: 1_000,
    interceptors: new BasicAuthInterceptor({ username, password }),
  });
  clients.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(clients.splice(0).map((made) => made.stop()));
});

describe('a handler written for the official client', () => {
  it('reads and sets variables and completes, unchanged', async () => {
    client().subscribe('official_test', async ({ task, taskService }) => {
      const given = task.variables.get('order') as { lines: number[] };
      const result = new Variables().set('lines', given.lines.length).set('answer', { ok: true });
      await taskService.complete(task, result);
    });

    const id = await driver.start('official_task', { order: { lines: [1, 2, 3] } });

    expect((await driver.ended(id)).variables).toMatchObject({ lines: 3, answer: { ok: true } });
  });

  it('takes the modelled path and hands over variables', async () => {
    client().subscribe('official_test', ({ task, taskService }) =>
      taskService.handleBpmnError(task, 'KNOWN', 'expected', new Variables().set('why', 'so')),
    );

    const end = await driver.ended(await driver.start('official_task'));

    expect([end.endEvent, end.variables['why']]).toEqual(['refused', 'so']);
  });

  it('may fail with retries of its own choice, and may report its outcome after it has returned', async () => {
    let attempts = 0;
    client().subscribe('official_test', ({ task, taskService }) => {
      attempts++;
      if (attempts === 1) void taskService.handleFailure(task, { errorMessage: 'busy', retries: 7, retryTimeout: 50 });
      else setTimeout(() => void taskService.complete(task), 100);
    });

    const id = await driver.start('official_task');

    expect((await driver.ended(id)).endEvent).toBe('done');
    expect(attempts).toBe(2);
  });

  it('that throws is reported to the engine, which the official client leaves to the lock', async () => {
    client().subscribe('official_test', async () => {
      await delay(1);
      throw new TypeError('oops');
    });

    const id = await driver.start('official_task');

    const task = await eventually('the failure', async () =>
      (await engine.externalTasks.list({ processInstanceId: id })).find(({ errorMessage }) => errorMessage !== null),
    );
    expect(task).toMatchObject({ errorMessage: 'oops', retries: 3 });
    await driver.terminate(id);
  });

  it('finishes what it has in work when its topic is unsubscribed, and the client waits for it when it stops', async () => {
    const made = client();
    const started = Promise.withResolvers<void>();
    const subscription = made.subscribe('official_test', async ({ task, taskService }) => {
      started.resolve();
      await delay(800);
      await taskService.complete(task, new Variables().set('finished', true));
    });
    const id = await driver.start('official_task');
    await started.promise;

    subscription.unsubscribe();
    await made.stop();

    expect((await driver.ended(id)).variables['finished']).toBe(true);
    expect(await engine.externalTasks.list({ processInstanceId: id })).toEqual([]);
  });

  it('can be unsubscribed; what is left goes on', async () => {
    const made = client();
    made.subscribe('official_other', ({ task, taskService }) => taskService.complete(task)).unsubscribe();
    made.subscribe('official_test', ({ task, taskService }) => taskService.complete(task));

    expect((await driver.ended(await driver.start('official_task'))).endEvent).toBe('done');
  });
});

describe('the client with the official interface', () => {
  it('tells listeners, as the official client does, that polling succeeds or that a password is wrong', async () => {
    const [good, wrong] = [
      client(),
      new Client({ baseUrl, interceptors: new BasicAuthInterceptor({ username, password: 'wrong' }), autoPoll: false }),
    ];
    clients.push(wrong);
    const polled = new Promise((resolve) => good.once('poll:success', resolve));
    const failed = new Promise((resolve) => wrong.once('poll:error', resolve));
    for (const made of [good, wrong])
      made.subscribe('official_test', ({ task, taskService }) => taskService.complete(task));
    wrong.start();
    await driver.start('official_task');

    expect(await polled).toEqual([expect.objectContaining({ topicName: 'official_test' })]);
    expect(await failed).toMatchObject({ status: 401 });
  });

  it('tells of an engine that is away where nobody listens, once', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', listen);
    const lonely = new Client({ baseUrl: 'http://127.0.0.1:9/engine-rest' });
    clients.push(lonely);
    lonely.subscribe('official_test', () => undefined);

    await eventually('the warning', async () =>
      warnings.find((text) => text.startsWith('Polling failed with EngineUnreachableError')),
    );
    await delay(800);
    process.off('warning', listen);
    expect(warnings.filter((text) => text.startsWith('Polling failed'))).toHaveLength(1);
  });

  it('refuses interceptors that it could not honour', () => {
    const interceptors = () => ({ headers: { Authorization: 'Bearer token' } });

    expect(() => new Client({ baseUrl, interceptors, autoPoll: false })).toThrow(
      'Only the BasicAuthInterceptor can be used with this client',
    );
  });
});
