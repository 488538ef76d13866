import { setTimeout as delay } from 'node:timers/promises';
import { makeEvent } from '@procos/contracts';
import { useOwnService } from '@procos/testing';
import { describe, expect, it, vi } from 'vitest';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';

// A broker of its own: it is killed.
const broker = useOwnService('rabbitmq');
const patience = { timeout: 60_000, interval: 20 };
const happened = (type: string, id: string) => makeEvent({ id, source: '/test', type });
// On a busy machine a broker may take longer to come back than publishing waits by default.
const bus = () =>
  createRabbitMqEventBus({ url: broker().url, name: 'order', onHandlerError: vi.fn(), patienceMs: 120_000 });

describe('RabbitMQ, ended with kill -9 twice while events are published', () => {
  it('brings them to an ordered consumer in the order of the calls, repetitions aside', async () => {
    const [sender, receiver] = [bus(), bus()];
    const received: string[] = [];
    await receiver.consume('order', (event) => void received.push(event.id), { queue: 'order', ordered: true });
    await delay(3_000);
    const sent: string[] = [];
    let sending = true;
    const publishing = new Set<Promise<void>>();
    // Always some on their way, and new ones behind them; one event at a time takes longer than to publish many.
    const goOn = async () => {
      while (sending) {
        while (publishing.size < 100 && sent.length - received.length < 1_000) {
          const id = `o${sent.length}`;
          sent.push(id);
          const one = sender.publish(happened('order', id)).finally(() => publishing.delete(one));
          publishing.add(one);
        }
        await delay(2);
      }
      await Promise.all(publishing);
    };
    const allPublished = goOn();
    const more = async (count: number) => {
      const before = received.length;
      await vi.waitFor(() => expect(received.length).toBeGreaterThan(before + count), patience);
    };

    for (let turn = 0; turn < 2; turn += 1) {
      await more(150);
      await broker().kill();
      await broker().restart();
      await more(300);
    }
    sending = false;
    await allPublished;

    await vi.waitFor(() => expect(new Set(received).size).toBe(sent.length), patience);
    expect([...new Set(received)]).toEqual(sent);
    await Promise.all([sender.close(), receiver.close()]);
  }, 300_000);
});
