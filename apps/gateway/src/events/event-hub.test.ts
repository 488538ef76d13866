import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { NotConnectedError } from '@procos/event-bus';
import { describe, expect, it, vi } from 'vitest';
import type { EventFeed, Onlooker } from './event-feed.ts';
import { createEventHub } from './event-hub.ts';

/** A feed that is played by hand. */
function playedFeed(ready: EventFeed['ready'] = async () => undefined) {
  const onlookers = new Set<Onlooker>();
  const feed: EventFeed = {
    start: () => undefined,
    ready,
    on: (onlooker) => {
      onlookers.add(onlooker);
      return () => void onlookers.delete(onlooker);
    },
    close: async () => undefined,
  };
  return {
    feed,
    publish: (id: string) =>
      onlookers.forEach(({ event }) => event(makeEvent({ id, source: '/test', type: 'order.paid' }))),
    away: () => onlookers.forEach(({ gap }) => gap()),
  };
}

function listener(pattern: string, lastEventId?: string) {
  const events: ProcosEvent[] = [];
  const stream = { send: (event: ProcosEvent) => void events.push(event), end: vi.fn() };
  return { events, listener: { pattern, lastEventId, connect: () => stream } };
}

const seen = ({ events }: { readonly events: readonly ProcosEvent[] }) =>
  events.map(({ id, type }) => (type === 'gateway.stream.gap' ? 'gap' : id));

describe('the event hub', () => {
  it('says at which place something may be missing, to whoever listens and to whoever comes back', async () => {
    const { feed, publish, away } = playedFeed();
    const hub = createEventHub({ feed, maxListeners: 10, replayEvents: 10 });
    const [all, others] = [listener('#'), listener('something.else')];
    await hub.listen(all.listener);
    await hub.listen(others.listener);

    publish('e1');
    away();
    publish('e2');

    const back = listener('#', 'e1');
    await hub.listen(back.listener);
    expect(seen(all)).toEqual(['e1', 'gap', 'e2']);
    expect(seen(others)).toEqual(['gap']);
    expect(seen(back)).toEqual(['gap', 'e2']);
  });

  it('gives the place back of a listener for whom there are no events', async () => {
    const ready = vi.fn<EventFeed['ready']>().mockRejectedValueOnce(new NotConnectedError('it is away'));
    const hub = createEventHub({ feed: playedFeed(ready).feed, maxListeners: 1, replayEvents: 10 });

    await expect(hub.listen(listener('#').listener)).rejects.toThrow(NotConnectedError);

    await expect(hub.listen(listener('#').listener)).resolves.toBeTypeOf('function');
  });

  it('counts a listener that leaves twice once', async () => {
    const hub = createEventHub({ feed: playedFeed().feed, maxListeners: 2, replayEvents: 10 });
    const leave = await hub.listen(listener('#').listener);
    await hub.listen(listener('#').listener);

    leave();
    leave();

    await hub.listen(listener('#').listener);
    await expect(hub.listen(listener('#').listener)).rejects.toMatchObject({ code: 'PROCOS_GATEWAY_TOO_MANY_STREAMS' });
  });
});
