import { makeEvent } from '@procos/contracts';
import { useOwnService } from '@procos/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';

const broker = useOwnService('rabbitmq');
const open: EventBus[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

describe('a queue that was made just before RabbitMQ was killed', () => {
  it('serves its consumer again: one that the broker has lost is told, and made anew', async () => {
    const reported: unknown[] = [];
    const bus = createRabbitMqEventBus({
      url: broker().url,
      name: 'young queue',
      onHandlerError: (thrown) => void reported.push(thrown),
      patienceMs: 90_000,
      setUpMs: 3_000,
      renewLostQueues: true,
    });
    open.push(bus);
    const received: string[] = [];
    await bus.consume('young', ({ id }) => void received.push(id), { queue: 'young' });

    await broker().kill();
    await broker().restart();

    await vi.waitFor(
      async () => {
        await bus.publish(makeEvent({ id: crypto.randomUUID(), source: '/test', type: 'young' }));
        expect(received).not.toEqual([]);
      },
      { timeout: 60_000, interval: 200 },
    );
    // A newer RabbitMQ keeps it, and nothing is to be told.
    const codes = reported.map((thrown) => (thrown as { code?: unknown }).code);
    process.stdout.write(
      `RabbitMQ ${broker().version ?? ''}: told ${codes.length === 0 ? 'nothing' : codes.join(', ')}\n`,
    );
    expect(codes.filter((code) => code !== 'PROCOS_BROKER_SILENT')).toEqual([]);
  }, 150_000);
});
