import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '@procos/config';
import { createRabbitMqEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryLeadership } from '@procos/service-directory';
import { describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { eventBridgeFields } from './config.ts';
import { fakeEngine } from './testing/fake-engine.ts';

/** A bridge on a broker, asked from the moment on at which it listens. */
async function firstAnswers(brokerPort: number, forMs: number) {
  const eventBus = createRabbitMqEventBus({
    url: `amqp://127.0.0.1:${brokerPort}`,
    name: 'event-bridge',
    onHandlerError: () => undefined,
  });
  const config = readConfig(eventBridgeFields, { PROCOS_EVENT_BRIDGE_PORT: '0', PROCOS_EVENT_POLL_MS: '20' });
  const leadership = createInMemoryLeadership({ name: crypto.randomUUID() });
  const app = createApp(config, { logger: silentLogger, eventBus, leadership, engine: fakeEngine().client });
  await app.start();
  const answers: { readonly status: number; readonly waitsFor: unknown }[] = [];
  for (const until = performance.now() + forMs; performance.now() < until; await delay(20)) {
    const answer = await fetch(`${app.url()}/readyz`);
    const body = (await answer.json()) as { readonly waits_for?: unknown };
    answers.push({ status: answer.status, waitsFor: body.waits_for });
  }
  const began = performance.now();
  await app.stop();
  const stopMs = performance.now() - began;
  await eventBus.close();
  return { answers, stopMs };
}

describe('a bridge that has just been started and whose broker is away', () => {
  it('is not ready from its first answer on, and says why', async () => {
    const { answers } = await firstAnswers(9, 1_500);

    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
    expect(answers[0]?.waitsFor).toMatch(/^message broker: ./);
    expect(answers.at(-1)?.waitsFor).toMatch(/^message broker: .*ECONNREFUSED.*127\.0\.0\.1:9/);
  });

  it('does not wait for it when it is stopped', async () => {
    const { stopMs } = await firstAnswers(9, 200);

    expect(stopMs).toBeLessThan(5_000);
  });

  it('is not ready either while a server takes the connection and says nothing', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');

    const asked = firstAnswers((silent.address() as AddressInfo).port, 500);
    const [socket] = (await once(silent, 'connection')) as [Socket];
    await delay(600);
    socket.destroy();
    silent.close();
    const { answers } = await asked;

    expect(answers.filter(({ status }) => status !== 503)).toEqual([]);
    expect(answers[0]?.waitsFor).toBe('message broker: the first connection is being made');
  });
});
