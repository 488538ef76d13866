import { makeEvent } from '@procos/contracts';
import { caseFile, useOwnService } from '@procos/testing';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventBus } from './event-bus.ts';
import { createRabbitMqEventBus } from './rabbitmq-event-bus.ts';

// A broker of its own: its limits are made small.
const broker = useOwnService('rabbitmq');
const patience = { timeout: 30_000, interval: 20 };
const [, largest] =
  /^max_message_size = (\d+)$/m.exec(caseFile('bus', 'rabbitmq-small-messages.conf').toString()) ?? [];
const happened = (id: string, bytes = 10) =>
  makeEvent({ id, source: '/test', type: `size.${id}`, data: { text: 'x'.repeat(bytes) } });
const set = (name: string, value: string | number) =>
  broker().control?.('eval', `application:set_env(rabbit, ${name}, ${value}).`);

const open: EventBus[] = [];
const faults: string[] = [];
const bus = () => {
  const made = createRabbitMqEventBus({
    url: broker().url,
    name: 'limits',
    onHandlerError: (thrown) => void faults.push(String(thrown)),
  });
  open.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  faults.length = 0;
});

describe('RabbitMQ that takes small messages only', () => {
  beforeAll(async () => void (await set('max_message_size', largest ?? '')));

  it('refuses a large event alone, at once; the others arrive once, in their order', async () => {
    const one = bus();
    const received: string[] = [];
    await one.consume('size.*', ({ id }) => void received.push(id), { queue: 'size', ordered: true });
    const sent = Array.from({ length: 10 }, (_, index) => `e${index}`);
    const began = performance.now();

    const publishing = [
      ...sent.slice(0, 5).map((id) => happened(id)),
      happened('large', 100_000),
      ...sent.slice(5).map((id) => happened(id)),
    ].map((event) => one.publish(event));
    const outcomes = await Promise.allSettled(publishing);

    expect(performance.now() - began).toBeLessThan(5_000);
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as Error);
    expect(failed).toMatchObject([
      {
        code: 'PROCOS_EVENT_TOO_LARGE',
        message: expect.stringMatching(
          /size\.large has 100\d{3} bytes, and the broker takes at most 65536\./,
        ) as string,
      },
    ]);
    await vi.waitFor(() => expect(received).toEqual(sent), patience);
    // The limit is known now: nothing is sent in vain, and no channel is lost.
    await expect(one.publish(happened('large', 70_000))).rejects.toMatchObject({ code: 'PROCOS_EVENT_TOO_LARGE' });
    await one.publish(happened('just_so', 60_000));
    await vi.waitFor(() => expect(received).toEqual([...sent, 'just_so']), patience);
    expect(faults).toEqual([]);
  });

  it('lets large events of several publishers fail without hurting each other', async () => {
    const [a, b] = [bus(), bus()];
    const received: string[] = [];
    await a.consume('size.*', ({ id }) => void received.push(id), { queue: 'size-both' });
    const all = [a, b].flatMap((one, who) =>
      Array.from({ length: 40 }, (_, index) =>
        one.publish(happened(`${who}-${index}`, index % 10 === 7 ? 80_000 + index : index * 100)),
      ),
    );

    const outcomes = await Promise.allSettled(all);

    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(8);
    await vi.waitFor(() => expect(received).toHaveLength(72), patience);
    expect(new Set(received).size).toBe(72);
  });
});

describe('RabbitMQ that waits for an acknowledgement for a short time', () => {
  beforeAll(async () => {
    await set('channel_tick_interval', 500);
    await set('consumer_timeout', 1_000);
  });

  it('takes the event out of the hands of a handler that is at work for longer, and gives it to the next one', async () => {
    const one = bus();
    const lost: unknown[] = [];
    let calls = 0;
    const handler = (_event: unknown, { signal }: { readonly signal: AbortSignal }) => {
      calls += 1;
      if (calls > 1) return Promise.resolve();
      return new Promise<void>((_resolve, reject) =>
        signal.addEventListener('abort', () => (lost.push(signal.reason), reject(signal.reason as Error))),
      );
    };
    await one.consume('slow', handler, { queue: 'slow' });

    await one.publish(makeEvent({ id: 'slow', source: '/test', type: 'slow' }));

    await vi.waitFor(() => expect(calls).toBe(2), { timeout: 90_000, interval: 50 });
    expect(lost).toMatchObject([{ name: 'DeliveryLostError' }]);
    // Both are told: that the broker closed the channel, and that the handler let go.
    expect(faults.join('\n')).toMatch(/PRECONDITION_FAILED[\s\S]*DeliveryLostError/);
  }, 120_000);
});
