import { setTimeout as delay } from 'node:timers/promises';
import { makeEvent } from '@procos/contracts';
import { useOwnService } from '@procos/testing';
import { describe, expect, it, vi } from 'vitest';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';

// A broker of its own: it is killed.
const broker = useOwnService('rabbitmq');
const patience = { timeout: 30_000, interval: 20 };
const happened = (type: string, id: string) => makeEvent({ id, source: '/test', type });
const bus = () => createRabbitMqEventBus({ url: broker().url, name: 'order', onHandlerError: vi.fn() });

describe('RabbitMQ, ended with kill -9 three times while events are published', () => {
  it('brings them to an ordered consumer in the order of the calls, repetitions aside', async () => {
    const [sender, receiver] = [bus(), bus()];
    const received: string[] = [];
    await receiver.consume('order', (event) => void received.push(event.id), { queue: 'order', ordered: true });
    await delay(3_000);
    const sent: string[] = [];
    let sending = true;
    const publishing = (async () => {
      while (sending) {
        const next = Array.from({ length: 100 }, (_, index) => `o${sent.length + index}`);
        sent.push(...next);
        await Promise.all(next.map((id) => sender.publish(happened('order', id))));
        // One event at a time takes longer than to publish many.
        while (sending && sent.length - received.length > 1_000) await delay(5);
      }
    })();
    const more = async (count: number) => {
      const before = received.length;
      await vi.waitFor(() => expect(received.length).toBeGreaterThan(before + count), patience);
    };

    for (let turn = 0; turn < 3; turn += 1) {
      await more(150);
      await broker().kill();
      await broker().restart();
      await more(300);
    }
    sending = false;
    await publishing;

    await vi.waitFor(() => expect(new Set(received).size).toBe(sent.length), patience);
    expect([...new Set(received)]).toEqual(sent);
    await Promise.all([sender.close(), receiver.close()]);
  }, 120_000);
});
