import { readConfig } from '@procos/config';
import { makeEvent } from '@procos/contracts';
import { createInMemoryEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryLeadership } from '@procos/service-directory';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from './app.ts';
import { eventBridgeFields } from './config.ts';
import { type FakeEngine, fakeEngine } from './testing/fake-engine.ts';
import { instance } from './testing/reading-scene.ts';

let engine: FakeEngine;
const start = async () => {
  engine = fakeEngine();
  const eventBus = createInMemoryEventBus({ name: crypto.randomUUID(), onHandlerError: () => undefined });
  const leadership = createInMemoryLeadership({ name: crypto.randomUUID() });
  const config = readConfig(eventBridgeFields, { PROCOS_EVENT_BRIDGE_PORT: '0', PROCOS_EVENT_POLL_MS: '20' });
  const app = createApp(config, { logger: silentLogger, eventBus, leadership, engine: engine.client });
  await app.start();
  return { app, eventBus };
};
let running: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  running = await start();
});
afterEach(async () => {
  await running.app.stop();
  await running.eventBus.close();
});

const call = async (method: string, path: string) => {
  const answer = await fetch(`${running.app.url()}${path}`, { method });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const messages = async () => (await call('GET', '/v1/messages')).body['messages'] as readonly Record<string, unknown>[];
const parkOne = async () => {
  await running.eventBus.publish(
    makeEvent({ id: 'm-1', source: '/test', type: 'message.NobodyWaits', data: { businessKey: 7 } }),
  );
  await vi.waitFor(async () => expect(await messages()).toHaveLength(1), 10_000);
};

describe('event-bridge', () => {
  it('is ready, and says whether it leads', async () => {
    await vi.waitFor(
      async () => expect((await call('GET', '/readyz')).body).toMatchObject({ status: 'ok', leads: true }),
      10_000,
    );
  });

  it('counts process instances by their key and what became of them', async () => {
    engine.instances.push(instance('a', 0, 5), instance('b', 1, null));

    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${running.app.url()}/metrics`)).text();
      expect(metrics).toContain('procos_process_instances_total{process_key="ordering",status="started"} 2');
      expect(metrics).toContain('procos_process_instances_total{process_key="ordering",status="completed"} 1');
    }, 10_000);
  });

  it('keeps a message whose data breaks the schema, and shows it', async () => {
    await parkOne();

    expect(await messages()).toMatchObject([
      { id: 'm-1', type: 'message.NobodyWaits', reason: 'rejected', source: '/test', data: { businessKey: 7 } },
    ]);
  });

  it('throws a kept message away when it is asked to', async () => {
    await parkOne();

    expect(await call('DELETE', '/v1/messages/m-1')).toEqual({ status: 200, body: { discarded: 1 } });

    expect(await messages()).toEqual([]);
  });

  it('tries kept messages again when it is asked to', async () => {
    await parkOne();

    expect(await call('POST', '/v1/messages/m-1/replay')).toEqual({ status: 200, body: { replayed: 1 } });
    await vi.waitFor(async () => expect(await messages()).toHaveLength(1), 10_000);
    expect(await call('POST', '/v1/messages/replay')).toEqual({ status: 200, body: { replayed: 1 } });
  });

  it('says what to do when nothing is kept under an id', async () => {
    expect(await call('POST', '/v1/messages/unknown/replay')).toMatchObject({
      status: 404,
      body: {
        error: { code: 'PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE', message: 'No message is kept under the id unknown.' },
      },
    });
  });
});
