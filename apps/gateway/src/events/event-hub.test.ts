import type { ProcosEvent } from '@procos/contracts';
import { NotConnectedError } from '@procos/event-bus';
import { describe, expect, it, vi } from 'vitest';
import { playedFeed } from '../testing/played-feed.ts';
import type { EventFeed } from './event-feed.ts';
import { createEventHub } from './event-hub.ts';

function listener(pattern: string, lastEventId?: string) {
  const events: ProcosEvent[] = [];
  const stream = { send: (event: ProcosEvent) => void events.push(event), end: vi.fn() };
  return { events, listener: { pattern, lastEventId, connect: () => stream } };
}

const seen = ({ events }: { readonly events: readonly ProcosEvent[] }) =>
  events.map(({ id, type }) => (type === 'gateway.stream.gap' ? 'gap' : id));

describe('the event hub', () => {
  it('says at which place something may be missing, to whoever listens and to whoever comes back', async () => {
    const { feed, happened, away } = playedFeed();
    const hub = createEventHub({ feed, maxListeners: 10, replayEvents: 10 });
    const [all, others] = [listener('#'), listener('something.else')];
    await hub.listen(all.listener);
    await hub.listen(others.listener);

    happened({ id: 'e1' });
    away();
    happened({ id: 'e2' });

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
