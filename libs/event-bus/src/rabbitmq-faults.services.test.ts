import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'amqplib';
import { makeEvent } from '@procos/contracts';
import { useOwnService } from '@procos/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';
import type { RabbitMqEventBusOptions } from './rabbitmq/broker-options.ts';

// A broker of their own: they end it, and make it refuse events.
const broker = useOwnService('rabbitmq');
const patience = { timeout: 30_000, interval: 20 };
const happened = (type: string, id: string) => makeEvent({ id, source: '/test', type });

const open: EventBus[] = [];
const states: string[] = [];
const bus = (wanted: Partial<RabbitMqEventBusOptions> = {}) => {
  const onStateChange = (state: string) => void states.push(state);
  const made = createRabbitMqEventBus({
    url: broker().url,
    name: 'faults',
    onHandlerError: vi.fn(),
    onStateChange,
    ...wanted,
  });
  open.push(made);
  return made;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  states.length = 0;
});

describe('RabbitMQ, ended with kill -9 and started again', () => {
  it('loses no event that was published, and brings all of them to whoever consumes', async () => {
    // On a busy machine a broker may take longer to come back than publishing waits by default.
    const [sender, receiver] = [bus({ patienceMs: 120_000 }), bus()];
    const received = new Set<string>();
    await receiver.consume('crash.*', (event) => void received.add(event.id), { queue: 'crash' });
    // RabbitMQ 3.10 writes the name of a new quorum queue to disk when it was left in peace for half a second, on a busy machine
    // later: one that is younger comes back empty.
    await delay(3_000);
    const sent: string[] = [];
    let sending = true;
    const publishing = (async () => {
      for (let index = 0; sending; index += 1) {
        await Promise.all(
          ['a', 'b', 'c'].map((name) =>
            sender.publish(happened(`crash.${name}`, `${name}${index}`)).then(() => sent.push(`${name}${index}`)),
          ),
        );
      }
    })();
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(30), patience);

    await broker().kill();
    const before = sent.length;
    await broker().restart();
    await vi.waitFor(() => expect(sent.length).toBeGreaterThan(before + 30), patience);
    sending = false;
    await publishing;

    await vi.waitFor(() => expect(sent.filter((id) => !received.has(id))).toEqual([]), patience);
    expect(states).toContain('connecting');
  });

  it('shows views what happens after its return, and says that something may be missing before', async () => {
    const one = bus();
    const seen: string[] = [];
    const onGap = vi.fn();
    await one.subscribe('after.#', (event) => void seen.push(event.id), { onGap });
    expect(onGap).not.toHaveBeenCalled();

    await broker().kill();
    await broker().restart();

    await vi.waitFor(async () => {
      await one.publish(happened('after.crash', 'e1'));
      expect(seen).toContain('e1');
    }, patience);
    expect(onGap).toHaveBeenCalled();
  });

  it('makes publishing fail with a clear error when it stays away too long', async () => {
    const one = bus({ patienceMs: 300 });
    await one.publish(happened('x', 'e1'));
    await broker().kill();

    await expect(one.publish(happened('x', 'e2'))).rejects.toMatchObject({
      name: 'NotConnectedError',
      code: 'PROCOS_BROKER_NOT_CONNECTED',
      message: 'Not connected to message broker',
      reason: expect.stringMatching(/./) as string,
    });
    await expect(one.consume('x', vi.fn())).rejects.toMatchObject({ name: 'NotConnectedError' });

    await broker().restart();
    await vi.waitFor(() => one.publish(happened('x', 'e3')), patience);
  });

  it('lets no more events wait for it than allowed', async () => {
    const one = bus({ patienceMs: 2_000, publishWindow: 2, maxWaiting: 3 });
    await one.publish(happened('x', 'e0'));
    await broker().kill();

    const outcomes = await Promise.allSettled(
      Array.from({ length: 7 }, (_, index) => one.publish(happened('x', `e${index}`))),
    );

    const reasons = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { reason: string }).reason : 'published',
    );
    expect(reasons.filter((reason) => reason.startsWith('3 events wait already'))).toHaveLength(2);
    expect(reasons).not.toContain('published');
    await broker().restart();
  });
});

describe('RabbitMQ, short of memory', () => {
  it('is given events again when it takes them', async () => {
    const one = bus();
    const received: string[] = [];
    await one.consume('blocked', (event) => void received.push(event.id), { queue: 'blocked' });
    await broker().control?.('set_vm_memory_high_watermark', '0.000001');
    // It tells a connection only when that one publishes.
    const waiting = one.publish(happened('blocked', 'e1'));
    await vi.waitFor(() => expect(states).toContain('blocked'), patience);
    const later = one.publish(happened('blocked', 'e2'));

    await delay(200);
    expect(received).toEqual([]);
    await broker().control?.('set_vm_memory_high_watermark', '0.8');
    await Promise.all([waiting, later]);

    await vi.waitFor(() => expect(received.toSorted()).toEqual(['e1', 'e2']), patience);
  });
});

describe('on the wire', () => {
  it('an event is a persistent JSON message, with its trace context in the headers', async () => {
    const one = bus();
    const connection = await connect(broker().url);
    const channel = await connection.createChannel();
    const stop = await one.consume('wire.*', vi.fn());
    await stop();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const event = makeEvent({
      id: 'w1',
      source: '/test',
      type: 'wire.one',
      traceparent,
      time: new Date('2026-11-23T04:00:00Z'),
    });

    await one.publish(event);

    const message = await channel.get('procos.wire.all');
    if (message === false) throw new Error('There is no message in the queue.');
    expect(message.fields).toMatchObject({ exchange: 'procos.events', routingKey: 'wire.one' });
    expect(message.properties).toMatchObject({
      deliveryMode: 2,
      contentType: 'application/json',
      messageId: 'w1',
      timestamp: Date.parse(event.time) / 1000,
      headers: { traceparent },
    });
    expect(JSON.parse(message.content.toString())).toEqual(event);
    await connection.close();
  });

  it('what was sent without an id has one of ours, the same at each look, by which it is replayed or thrown away singly', async () => {
    const one = bus({ onHandlerError: () => undefined });
    await one.consume('nameless', () => undefined, { queue: 'nameless' });
    const connection = await connect(broker().url);
    const channel = await connection.createConfirmChannel();
    const texts = ['{"id":"","first":', '{"id":"","second":', '{"id":"","third":'];
    for (const [at, text] of texts.entries())
      channel.publish('procos.events', 'nameless', Buffer.from(text), { ...(at === 0 ? { messageId: '' } : {}) });
    await channel.waitForConfirms();
    const kept = () => one.deadLetters.list('nameless');
    const textsKept = async () => (await kept()).map(({ text }) => text).toSorted();
    await vi.waitFor(async () => expect(await kept()).toHaveLength(3), patience);

    const idOf = new Map((await kept()).map(({ id, text }) => [text, id]));
    expect(new Set(idOf.values()).size).toBe(3);
    expect([...idOf.values()].join(' ')).toMatch(/^(?:unnamed-[0-9a-f]{16} ?){3}$/);
    expect(new Map((await kept()).map(({ id, text }) => [text, id]))).toEqual(idOf);
    const [first = '', second = '', third = ''] = texts;
    expect(await one.deadLetters.discard('nameless', [idOf.get(second) ?? ''])).toBe(1);
    await vi.waitFor(async () => expect(await textsKept()).toEqual([first, third]), patience);

    expect(await one.deadLetters.replay('nameless', [idOf.get(first) ?? ''])).toBe(1);

    // It is no event still: it comes back, beside the one that was left alone.
    await vi.waitFor(async () => expect(await textsKept()).toEqual([first, third]), patience);
    await connection.close();
  });

  it('what is no event becomes a dead letter at once, as it was sent', async () => {
    const handler = vi.fn();
    const onHandlerError = vi.fn();
    const one = bus({ onHandlerError });
    await one.consume('foreign', handler, { queue: 'foreign' });
    const connection = await connect(broker().url);
    const channel = await connection.createConfirmChannel();
    channel.publish('procos.events', 'foreign', Buffer.from('{"not": "an event"'), {
      persistent: true,
      messageId: 'm1',
    });
    await channel.waitForConfirms();

    const letter = {
      id: 'm1',
      event: undefined,
      text: '{"not": "an event"',
      reason: 'rejected',
      problem: 'This is no event: the message is no JSON.',
    };
    await vi.waitFor(async () => expect(await one.deadLetters.list('foreign')).toEqual([letter]), patience);
    expect(handler).not.toHaveBeenCalled();
    expect(onHandlerError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ name: 'EventRefusedError' }),
      undefined,
    );
    await connection.close();
  });

  it('a queue with other limits than before is told as the broker tells it', async () => {
    const one = bus();
    const stop = await one.consume('limits', vi.fn(), { deliveryLimit: 3 });
    await stop();

    await expect(one.consume('limits', vi.fn(), { deliveryLimit: 4 })).rejects.toThrow(/x-delivery-limit/);
  });

  it('consumers come back when somebody deletes their queue', async () => {
    const one = bus();
    const received: string[] = [];
    await one.consume('deleted', (event) => void received.push(event.id), { queue: 'deleted' });
    const connection = await connect(broker().url);
    await (await connection.createChannel()).deleteQueue('deleted');

    await vi.waitFor(async () => {
      await one.publish(happened('deleted', 'e1'));
      expect(received).toContain('e1');
    }, patience);
    await connection.close();
  });
});
