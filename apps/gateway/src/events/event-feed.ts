import { setTimeout as delay } from 'node:timers/promises';
import type { ProcosEvent } from '@procos/contracts';
import type { EventBus, Unsubscribe } from '@procos/event-bus';
import type { Logger } from '@procos/logging';

/** What happens, as the bus brings it: one subscription for everybody in this gateway who looks on. */
export interface EventFeed {
  /** Begins to subscribe, and goes on trying while the broker is away. */
  start(): void;
  /**
   * Resolves when events come.
   *
   * @throws NotConnectedError when the broker stays away too long
   */
  ready(): Promise<void>;
  /** @returns ends the looking on */
  on(onlooker: Onlooker): () => void;
  close(): Promise<void>;
}

export interface Onlooker {
  readonly event: (event: ProcosEvent) => void;
  /** Events may have passed unheard just now. */
  readonly gap: () => void;
}

const retryMs = 1_000;

export function createEventFeed(eventBus: EventBus, logger: Logger): EventFeed {
  const onlookers = new Set<Onlooker>();
  const closed = new AbortController();
  let subscribed: Promise<void> | undefined;
  let unsubscribe: Unsubscribe | undefined;
  const subscribe = async () => {
    const leave = await eventBus.subscribe('#', (event) => onlookers.forEach((one) => one.event(event)), {
      onGap: () => onlookers.forEach((one) => one.gap()),
    });
    if (closed.signal.aborted) await leave();
    else unsubscribe = leave;
  };
  const ready = async (): Promise<void> => {
    const attempt = (subscribed ??= subscribe());
    try {
      await attempt;
    } catch (thrown) {
      if (subscribed === attempt) subscribed = undefined;
      throw thrown;
    }
  };
  return {
    start: () => void keepTrying(ready, closed.signal, logger),
    ready,
    on: (onlooker) => {
      onlookers.add(onlooker);
      return () => void onlookers.delete(onlooker);
    },
    close: async () => {
      closed.abort();
      onlookers.clear();
      // A broker that is away keeps the subscription waiting; whoever stops does not wait with it.
      await unsubscribe?.();
    },
  };
}

async function keepTrying(ready: () => Promise<void>, closed: AbortSignal, logger: Logger): Promise<void> {
  for (let failures = 0; !closed.aborted; failures += 1) {
    try {
      return await ready();
    } catch (error) {
      if (failures === 0 && !closed.aborted) logger.warn('event_feed_waits', { error });
    }
    await delay(retryMs, undefined, { signal: closed }).catch(() => undefined);
  }
}
