import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { createEngineClient, type EngineClient } from '@procos/engine-client';
import { createInMemoryEventBus, type EventBus } from '@procos/event-bus';
import { checkEvents, type EngineUnderTest } from '@procos/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { startEventVariable } from './inbound/start-process.ts';
import { type Death, startBridge } from './testing/running-bridge.ts';
import { sampleProcess, waitingProcess } from './testing/sample-process.ts';
import { startSampleWorker } from './testing/sample-worker.ts';

/** The bridge closes its client when it stops; the tests keep theirs. */
const open = (): EngineClient => createEngineClient(inject('engine') satisfies EngineUnderTest);
const engine = open();
const patience = { timeout: 60_000, interval: 50 };
const key = `bridged_${randomUUID().slice(0, 8)}`;
let folder: string;
let eventBus: EventBus;
let received: ProcosEvent[];
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  await engine.repository.deploy({ name: key, source: 'test', resources: { [`${key}.bpmn`]: sampleProcess(key) } });
});
afterAll(() => engine.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-bridge-'));
  eventBus = createInMemoryEventBus({ name: randomUUID(), onHandlerError: () => undefined });
  received = [];
  await eventBus.subscribe('#', (event) => void received.push(event));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  await eventBus.close();
  await rm(folder, { recursive: true });
});

const bridge = async (death?: Death) => {
  const started = await startBridge({
    engine: open(),
    eventBus,
    cursorFile: join(folder, 'cursor.json'),
    ...(death === undefined ? {} : { death }),
  });
  if (death === undefined) running.push(started.app);
  return started;
};
const start = (count: number) =>
  Promise.all(Array.from({ length: count }, async () => (await engine.runtime.startByKey(key)).id));
const allArrived = async (ids: readonly string[]) => {
  await vi.waitFor(() => {
    const ended = new Set(
      received
        .filter(({ type }) => type.startsWith(`process.${key}.`) && !type.endsWith('.started'))
        .map(({ subject }) => subject),
    );
    expect(ids.filter((id) => !ended.has(id))).toEqual([]);
  }, patience);
  // The last event to be looked for need not be the last to be published.
  await vi.waitFor(async () => expect((await checkEvents(engine, ids, received)).lost).toEqual([]), patience);
  return checkEvents(engine, ids, received);
};

describe('the history of a real engine', () => {
  it('arrives as events: all of it, in order per instance, repetitions with the same id', async () => {
    running.push(startSampleWorker(engine, key));
    await bridge();

    const ids = await start(60);

    // At least once is the promise: on a busy machine a reading is repeated, with the same ids.
    expect(await allArrived(ids)).toMatchObject({ lost: [], unexpected: [], unstable: [], outOfOrder: [] });
    const kinds = new Set(
      received
        .filter(({ type }) => type.startsWith(`task.${key}`))
        .map(({ type }) => type.slice(`task.${key}_`.length)),
    );
    expect([...kinds].toSorted()).toEqual([
      'first.completed',
      'first.created',
      'first.failed',
      'second.bpmn_error',
      'second.completed',
      'second.created',
      'second.failed',
    ]);
  });

  it('carries the trace of each instance', async () => {
    await bridge();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    const [traced, untraced] = [
      await engine.runtime.startByKey(key, { variables: { traceparent } }),
      await engine.runtime.startByKey(key),
    ];

    const of = (id: string) => received.filter(({ subject }) => subject === id);
    await vi.waitFor(() => expect([of(traced.id).length, of(untraced.id).length]).toEqual([5, 5]), patience);
    expect(new Set(of(traced.id).map((event) => event.traceparent))).toEqual(new Set([traceparent]));
    expect(new Set(of(untraced.id).map((event) => event.traceparent))).toEqual(new Set([undefined]));
    for (const { id } of [traced, untraced]) await engine.runtime.terminateInstance(id);
  });

  it('tells deployments, and incidents that come and go', async () => {
    await bridge();
    const other = `${key}_incident`;
    await engine.repository.deploy({
      name: other,
      source: 'test',
      resources: { [`${other}.bpmn`]: sampleProcess(other) },
    });
    const { id } = await engine.runtime.startByKey(other);
    const [task] = await engine.externalTasks.fetchAndLock({
      workerId: 'w',
      maxTasks: 1,
      topics: [{ topicName: `${other}_first`, lockDuration: 10_000, variables: [] }],
      waitMs: 5_000,
    });
    await engine.externalTasks.fail(task?.id ?? '', 'w', { errorMessage: 'broken', retries: 0, retryTimeout: 0 });
    await vi.waitFor(
      () => expect(received.map(({ type }) => type)).toContain('incident.failedExternalTask.opened'),
      patience,
    );

    await engine.externalTasks.setRetries(task?.id ?? '', 1);
    await engine.runtime.deleteInstance(id, 'enough');

    await vi.waitFor(() => expect(received.map(({ type }) => type)).toContain(`process.${other}.terminated`), patience);
    await vi.waitFor(
      () => expect(received.map(({ type }) => type)).toContain('incident.failedExternalTask.resolved'),
      patience,
    );
    expect(received.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        `deployment.${other}.created`,
        `task.${other}_first.failed`,
        `activity.${other}.first.canceled`,
      ]),
    );
  });

  it('arrives completely when bridge after bridge is killed, at each step, and repetitions have the same id', async () => {
    running.push(startSampleWorker(engine, key));
    const ids: string[] = [];
    const places = (['publish', 'cursor'] as const).flatMap((at) =>
      (['before', 'after'] as const).flatMap((when) => [1, 2].map((turn) => ({ at, when, turn }))),
    );
    for (const death of places) {
      let dead = false;
      const { died } = await bridge(death);
      void died.then(() => (dead = true));
      while (!dead) ids.push(...(await start(2)));
    }
    await bridge();

    const { lost, unexpected, unstable, outOfOrder, duplicated } = await allArrived(ids);

    process.stdout.write(
      `  killed ${places.length} times over ${ids.length} instances: lost ${lost.length}, unexpected ${unexpected.length}, duplicated ${duplicated}\n`,
    );
    expect({ lost, unexpected, unstable, outOfOrder }).toEqual({
      lost: [],
      unexpected: [],
      unstable: [],
      outOfOrder: [],
    });
  }, 180_000);
});

describe('events for a real engine', () => {
  it('correlate a message with the instance that waits for it, and are kept until one does', async () => {
    await bridge();
    const waiting = `${key}_waiting`;
    await engine.repository.deploy({
      name: waiting,
      source: 'test',
      resources: { [`${waiting}.bpmn`]: waitingProcess(waiting) },
    });
    const businessKey = randomUUID();
    const message = makeEvent({
      source: '/shop',
      type: `message.${waiting}.paid`,
      data: { businessKey, processVariables: { paid: true } },
    });
    await eventBus.publish(message);
    await vi.waitFor(
      async () =>
        expect(await eventBus.deadLetters.list('procos.message.any')).toMatchObject([
          { id: message.id, reason: 'delivery_limit' },
        ]),
      patience,
    );

    const { id } = await engine.runtime.startByKey(waiting, { businessKey });
    expect(await eventBus.deadLetters.replay('procos.message.any', [message.id])).toBe(1);

    await vi.waitFor(async () => expect((await engine.history.instance(id))?.state).toBe('COMPLETED'), patience);
    expect(await engine.history.variables(id)).toMatchObject({ paid: true });
    expect(await eventBus.deadLetters.list('procos.message.any')).toEqual([]);
  });

  it('answer what a process has announced by an event', async () => {
    await bridge();
    const model = await readFile(
      new URL('../../../processes/examples/ask_the_warehouse/ask_the_warehouse.bpmn', import.meta.url),
      'utf8',
    );
    await engine.repository.deploy({
      name: 'ask_the_warehouse',
      source: 'test',
      resources: { 'ask_the_warehouse.bpmn': model },
    });
    await eventBus.consume('activity.ask_the_warehouse.order_announced.completed', async ({ data: { instanceId } }) => {
      await eventBus.publish(
        makeEvent({
          source: '/warehouse',
          type: 'message.WarehouseAnswered',
          data: { processInstanceId: instanceId, processVariables: { in_stock: true } },
        }),
      );
    });

    const { id } = await engine.runtime.startByKey('ask_the_warehouse', { variables: { article: 'chair' } });

    await vi.waitFor(async () => expect((await engine.history.instance(id))?.state).toBe('COMPLETED'), patience);
    expect(await engine.history.variables(id)).toMatchObject({ in_stock: true });
  });

  it('start a process once per event id, however often the event comes', async () => {
    await bridge();
    const event = makeEvent({
      id: `order-${randomUUID()}`,
      source: '/shop',
      type: `start.${key}`,
      data: { processVariables: { amount: 7 } },
    });

    await eventBus.publish(event);
    await eventBus.publish(event);
    const startedBy = () =>
      engine.history.instances({ variables: [{ name: startEventVariable, operator: 'eq', value: event.id }] });
    await vi.waitFor(async () => expect(await startedBy()).toHaveLength(1), patience);
    await running.pop()?.stop();
    await bridge();
    await eventBus.publish(event);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await startedBy()).toHaveLength(1);
    expect(await engine.history.variables((await startedBy())[0]?.id ?? '')).toMatchObject({ amount: 7 });
  });
});
