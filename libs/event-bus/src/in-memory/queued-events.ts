import type { QueuedEvent } from './memory-messages.ts';

/** An event in a queue and how it stands with it. */
export interface Entry extends QueuedEvent {
  deliveries: number;
  state: 'ready' | 'out';
}

/** The events of one copy of a queue, oldest first. */
export interface QueuedEvents {
  add(queued: QueuedEvent): void;
  finish(key: string): void;
  ready(): Iterable<Entry>;
  all(): readonly QueuedEvent[];
}

/** @param memory how many finished events are remembered: another copy may tell of one that it has not heard the end of */
export function createQueuedEvents(memory = 10_000): QueuedEvents {
  const entries = new Map<string, Entry>();
  const finished = new Set<string>();
  return {
    add: ({ key, event }) => {
      if (!entries.has(key) && !finished.has(key)) entries.set(key, { key, event, deliveries: 0, state: 'ready' });
    },
    finish: (key) => {
      entries.delete(key);
      finished.add(key);
      const [oldest] = finished;
      if (finished.size > memory && oldest !== undefined) finished.delete(oldest);
    },
    *ready() {
      for (const entry of entries.values()) if (entry.state === 'ready') yield entry;
    },
    all: () => [...entries.values()].map(({ key, event }) => ({ key, event })),
  };
}
