import { EventEmitter } from 'node:events';
import type { Channel, ChannelModel } from 'amqplib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BrokerSilentError, NotConnectedError } from '../errors.ts';
import type { BrokerConnection } from './broker-connection.ts';
import { type ChannelRecipe, keepChannel, type KeptChannel } from './kept-channel.ts';

/** A connection that stays, and channels whose end is never told. */
function scene(answers: readonly boolean[], wanted: Partial<ChannelRecipe<Channel>> = {}) {
  const model = {} as ChannelModel;
  const connection: BrokerConnection = {
    current: () => model,
    blockedBecause: () => undefined,
    absentBecause: () => '',
    closed: () => false,
    onChange: () => () => undefined,
    close: async () => undefined,
  };
  const opened: Channel[] = [];
  const faults: unknown[] = [];
  const left = [...answers];
  const kept = keepChannel<Channel>(connection, {
    open: async () => {
      const channel = Object.assign(new EventEmitter(), { close: () => new Promise<void>(() => undefined) });
      opened.push(channel as unknown as Channel);
      return channel as unknown as Channel;
    },
    setUp: () => (left.shift() === false ? new Promise<void>(() => undefined) : Promise.resolve()),
    setUpMs: 20,
    onFault: (thrown) => void faults.push(thrown),
    ...wanted,
  });
  open.push(kept);
  return { kept, opened, faults };
}
const open: KeptChannel<Channel>[] = [];
afterEach(() => {
  // Their ends are never told: nothing is to be waited for.
  for (const kept of open.splice(0)) void kept.close();
});
const within = (ms: number) => performance.now() + ms;

describe('a channel whose broker gives no answer', () => {
  it('is set up on another one, and told each time', async () => {
    const { kept, opened, faults } = scene([false, false, true]);

    const channel = await kept.whenOpen(within(5_000));

    expect(opened.indexOf(channel)).toBe(2);
    expect(faults).toHaveLength(2);
    expect(faults[0]).toBeInstanceOf(BrokerSilentError);
    expect(faults[0]).toMatchObject({
      code: 'PROCOS_BROKER_SILENT',
      message: expect.stringContaining('rabbitmqctl') as string,
    });
  });

  it('lets something be done about it before the next attempt, which comes also when that fails', async () => {
    const onSilence = vi.fn(() => Promise.reject(new Error('not now')));
    const { kept, faults } = scene([false, true], { onSilence });

    await kept.whenOpen(within(5_000));

    expect(onSilence).toHaveBeenCalledOnce();
    expect(faults).toEqual([expect.any(BrokerSilentError), new Error('not now')]);
  });

  it('is the reason when nobody waits any longer', async () => {
    const { kept } = scene([false, false, false, false]);

    const failure = kept.whenOpen(within(100));

    await expect(failure).rejects.toThrow(NotConnectedError);
    await expect(failure).rejects.toMatchObject({
      reason: expect.stringContaining('has not answered within 0.02 s') as string,
    });
  });
});
