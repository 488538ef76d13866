import { makeEvent, matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import { gatewayErrors } from '../errors.ts';
import type { EventFeed } from './event-feed.ts';
import type { EventStream } from './event-stream.ts';
import { createReplayBuffer } from './replay-buffer.ts';

export interface Listener {
  /** Topic pattern over event types. */
  readonly pattern: string;
  /** Go on after this event. */
  readonly lastEventId: string | undefined;
  /** Called once, when there is a place for the listener and events can come. */
  readonly connect: () => EventStream;
}

/** Brings the events of the bus to whoever listens. */
export interface EventHub {
  /**
   * @returns ends the listening
   * @throws PROCOS_GATEWAY_TOO_MANY_STREAMS
   * @throws NotConnectedError when the broker stays away too long
   */
  listen(listener: Listener): Promise<() => void>;
  /** Ends all streams. */
  close(): void;
}

export interface EventHubOptions {
  readonly feed: EventFeed;
  readonly maxListeners: number;
  /** Events kept for listeners that come back. */
  readonly replayEvents: number;
}

interface Connected {
  readonly pattern: string;
  readonly stream: EventStream;
}

/** Every listener hears of a gap, whatever it listens to. */
const gapType = 'gateway.stream.gap';

export function createEventHub({ feed, maxListeners, replayEvents }: EventHubOptions): EventHub {
  const connected = new Set<Connected>();
  const buffer = createReplayBuffer(replayEvents);
  const show = (event: ProcosEvent) => {
    // What was published again, by a bridge that had to begin anew, is the same event.
    if (buffer.add(event)) for (const one of connected) send(one, event);
  };
  const lookAway = feed.on({
    event: show,
    gap: () => show(gap('The event bus was away: events may be missing before this one.')),
  });
  const places = createPlaces(maxListeners);
  return {
    listen: async ({ pattern, lastEventId, connect }) => {
      const leave = places.take();
      try {
        await feed.ready();
      } catch (thrown) {
        leave();
        throw thrown;
      }
      // From here on nothing waits: between the replay and the first live event there is no gap.
      const one = { pattern, stream: connect() };
      for (const event of lastEventId === undefined ? [] : (buffer.after(lastEventId) ?? [forgotten()]))
        send(one, event);
      connected.add(one);
      return () => {
        if (connected.delete(one)) leave();
      };
    },
    close: () => {
      lookAway();
      for (const { stream } of connected) stream.end();
    },
  };
}

/** Counts the listeners. */
function createPlaces(limit: number) {
  let taken = 0;
  return {
    /** @returns leaves the place */
    take: (): (() => void) => {
      if (taken >= limit) throw gatewayErrors.PROCOS_GATEWAY_TOO_MANY_STREAMS({ limit });
      taken += 1;
      return () => void (taken -= 1);
    },
  };
}

function send({ pattern, stream }: Connected, event: ProcosEvent): void {
  if (event.type === gapType || matchesRoutingKey(pattern, event.type)) stream.send(event);
}

function gap(reason: string): ProcosEvent {
  return makeEvent({ source: '/components/gateway', type: gapType, data: { reason } });
}

const forgotten = () =>
  gap('The event named by Last-Event-ID is not remembered: events may be missing before this one.');
