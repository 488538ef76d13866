import type { ProcosEvent } from '@procos/contracts';

/** The last events, for listeners that were away for a moment. */
export interface ReplayBuffer {
  /** @returns false when the event is in the buffer already */
  add(event: ProcosEvent): boolean;
  /** What came after an event, oldest first; `undefined` when that event is not remembered. */
  after(id: string): readonly ProcosEvent[] | undefined;
  clear(): void;
}

/** @param limit events kept */
export function createReplayBuffer(limit: number): ReplayBuffer {
  // A map keeps the order of insertion: its first key is the oldest event.
  const events = new Map<string, ProcosEvent>();
  return {
    add: (event) => {
      if (events.has(event.id)) return false;
      events.set(event.id, event);
      const [oldest] = events.keys();
      if (events.size > limit && oldest !== undefined) events.delete(oldest);
      return true;
    },
    after: (id) => {
      if (!events.has(id)) return undefined;
      const all = [...events.values()];
      return all.slice(all.findLastIndex((event) => event.id === id) + 1);
    },
    clear: () => events.clear(),
  };
}
