import { makeEvent } from '@procos/contracts';
import { createInMemoryEventBus, type EventBus, NotConnectedError } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEventFeed } from './event-feed.ts';

const bus = createInMemoryEventBus({
  name: 'event-feed-test',
  onHandlerError: (thrown) => {
    throw thrown;
  },
});
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A bus whose broker is away at first. */
function awayAtFirst(times: number): EventBus {
  let left = times;
  return {
    ...bus,
    subscribe: async (...args) => {
      left -= 1;
      if (left >= 0) throw new NotConnectedError('it is away');
      return bus.subscribe(...args);
    },
  };
}

describe('the event feed', () => {
  it('goes on trying while the broker is away', async () => {
    const feed = createEventFeed(awayAtFirst(1), silentLogger);
    ends.push(() => feed.close());
    const event = vi.fn();
    feed.on({ event, gap: vi.fn() });

    feed.start();
    await expect(feed.ready()).rejects.toThrow('Not connected to message broker');

    await vi.waitFor(async () => {
      await bus.publish(makeEvent({ source: '/test', type: 'order.paid' }));
      expect(event).toHaveBeenCalled();
    }, 10_000);
  });

  it('subscribes once, for all who look on', async () => {
    const subscribe = vi.fn<EventBus['subscribe']>(bus.subscribe);
    const feed = createEventFeed({ ...bus, subscribe }, silentLogger);
    ends.push(() => feed.close());

    feed.start();
    await Promise.all([feed.ready(), feed.ready()]);

    expect(subscribe).toHaveBeenCalledOnce();
  });

  it('is closed at once while the broker is away, and leaves what it is subscribed to after that', async () => {
    let answer = (_leave: () => Promise<void>) => {};
    const subscribe: EventBus['subscribe'] = () => new Promise((resolve) => (answer = resolve));
    const feed = createEventFeed({ ...bus, subscribe }, silentLogger);
    feed.start();

    await feed.close();

    const leave = vi.fn(async () => undefined);
    answer(leave);
    await vi.waitFor(() => expect(leave).toHaveBeenCalledOnce(), 5_000);
  });

  it('tells all who look on that events may have passed unheard', async () => {
    let missed: (() => void) | undefined;
    const subscribe: EventBus['subscribe'] = (pattern, handler, options) => {
      missed = options?.onGap;
      return bus.subscribe(pattern, handler, options);
    };
    const feed = createEventFeed({ ...bus, subscribe }, silentLogger);
    ends.push(() => feed.close());
    const [one, other] = [vi.fn(), vi.fn()];
    feed.on({ event: vi.fn(), gap: one });
    feed.on({ event: vi.fn(), gap: other });
    await feed.ready();

    missed?.();

    expect([one, other].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('is silent once it is closed', async () => {
    const feed = createEventFeed(bus, silentLogger);
    const event = vi.fn();
    feed.on({ event, gap: vi.fn() });
    await feed.ready();

    await feed.close();
    await bus.publish(makeEvent({ source: '/test', type: 'order.paid' }));

    expect(event).not.toHaveBeenCalled();
  });
});
