import { makeEvent } from '@procos/contracts';
import type { EventFeed, Onlooker } from '../events/event-feed.ts';

/** A feed that is played by hand. @param ready whether events come @default they do */
export function playedFeed(ready: EventFeed['ready'] = async () => undefined) {
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
    happened: (event: Partial<Parameters<typeof makeEvent>[0]>) =>
      onlookers.forEach((one) => one.event(makeEvent({ source: '/test', type: 'order.paid', ...event }))),
    away: () => onlookers.forEach(({ gap }) => gap()),
  };
}
