import type { Unsubscribe } from './event-bus.ts';

/** What a bus has to stop when it closes. */
export interface ConsumerSet {
  /** @param stop ends one consumer @returns the same, which this forgets then */
  add(stop: Unsubscribe): Unsubscribe;
  stopAll(): Promise<void>;
}

export function createConsumerSet(): ConsumerSet {
  const running = new Set<Unsubscribe>();
  return {
    add: (stop) => {
      const unsubscribe = async () => {
        running.delete(unsubscribe);
        await stop();
      };
      running.add(unsubscribe);
      return unsubscribe;
    },
    stopAll: async () => {
      await Promise.all([...running].map((stop) => stop()));
    },
  };
}
