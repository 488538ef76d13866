import { makeEvent, matchesRoutingKey, type ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import { gatewayErrors } from '../errors.ts';
import type { EventStream } from './event-stream.ts';
import { engineSource } from './history-events.ts';
import { createHistoryFeed } from './history-feed.ts';
import { createReplayBuffer } from './replay-buffer.ts';

export interface Listener {
  /** Topic pattern over event types. */
  readonly pattern: string;
  /** Go on after this event. */
  readonly lastEventId: string | undefined;
  /** Called once, when there is a place for the listener and events can come. */
  readonly connect: () => EventStream;
}

/** Brings the events of the bus and of the engine's history to whoever listens. */
export interface EventHub {
  /**
   * @returns ends the listening
   * @throws PROCOS_GATEWAY_TOO_MANY_STREAMS
   */
  listen(listener: Listener): Promise<() => void>;
  /** Ends all streams. */
  close(): Promise<void>;
}

export interface EventHubOptions {
  readonly engine: EngineClient;
  readonly eventBus: EventBus;
  readonly logger: Logger;
  readonly maxListeners: number;
  /** Events kept for listeners that come back. */
  readonly replayEvents: number;
  /** How long reading goes on after the last listener has left, in milliseconds, so that one that comes back misses nothing. @default 30000 */
  readonly lingerMs?: number;
}

interface Connected {
  readonly pattern: string;
  readonly stream: EventStream;
}

export function createEventHub(options: EventHubOptions): EventHub {
  const { maxListeners, replayEvents, lingerMs = 30_000 } = options;
  const connected = new Set<Connected>();
  const buffer = createReplayBuffer(replayEvents);
  const reading = switchable(options, (event) => {
    if (!buffer.add(event)) return;
    for (const { pattern, stream } of connected) if (matchesRoutingKey(pattern, event.type)) stream.send(event);
  });
  const stopReading = async () => {
    // What happens from now on is not remembered, so nobody may go on after what was.
    buffer.clear();
    await reading.off();
  };
  const places = createPlaces(maxListeners, lingerMs, () => void stopReading());
  return {
    listen: async ({ pattern, lastEventId, connect }) => {
      const leave = places.take();
      try {
        await reading.on();
      } catch (thrown) {
        leave();
        throw thrown;
      }
      // From here on nothing waits: between the replay and the first live event there is no gap.
      const one = { pattern, stream: connect() };
      replay(one, lastEventId === undefined ? [] : buffer.after(lastEventId));
      connected.add(one);
      return () => {
        if (connected.delete(one)) leave();
      };
    },
    close: async () => {
      places.close();
      for (const { stream } of connected) stream.end();
      await stopReading();
    },
  };
}

/** Counts the listeners; some time after the last one has left, says so. */
function createPlaces(limit: number, lingerMs: number, onEmpty: () => void) {
  let taken = 0;
  let lingering: NodeJS.Timeout | undefined;
  return {
    /** @returns leaves the place */
    take: (): (() => void) => {
      if (taken >= limit) throw gatewayErrors.PROCOS_GATEWAY_TOO_MANY_STREAMS({ limit });
      taken += 1;
      clearTimeout(lingering);
      return () => {
        taken -= 1;
        if (taken === 0) lingering = setTimeout(onEmpty, lingerMs).unref();
      };
    },
    close: () => clearTimeout(lingering),
  };
}

function replay({ pattern, stream }: Connected, missed: readonly ProcosEvent[] | undefined): void {
  if (missed === undefined) {
    const data = {
      reason: 'The event named by Last-Event-ID is not remembered: events may be missing before this one.',
    };
    stream.send(makeEvent({ source: '/components/gateway', type: 'gateway.stream.gap', data }));
  }
  for (const event of missed ?? []) if (matchesRoutingKey(pattern, event.type)) stream.send(event);
}

interface Switchable {
  on(): Promise<void>;
  off(): Promise<void>;
}

/** Both sources of events, on or off together; `on` waits for a start that is under way. */
function switchable({ engine, eventBus, logger }: EventHubOptions, tell: (event: ProcosEvent) => void): Switchable {
  const feed = createHistoryFeed({ engine, logger, tell });
  let started: Promise<() => Promise<void>> | undefined;
  const start = async () => {
    // The history is read here as well, and sooner: what the event bridge tells of it would come twice.
    const unsubscribe = await eventBus.subscribe('#', (event) =>
      event.source === engineSource ? undefined : tell(event),
    );
    await feed.start();
    return unsubscribe;
  };
  return {
    on: async () => {
      started ??= start();
      await started;
    },
    off: async () => {
      const running = started;
      started = undefined;
      feed.stop();
      const unsubscribe = await running;
      await unsubscribe?.();
    },
  };
}
