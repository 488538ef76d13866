import type { ProcosEvent } from '@procos/contracts';

/** The events that are at work here, and the last ones that were done. */
export interface HandledEvents {
  /**
   * Does something for an event once: who has it a second time waits for the first, which may have a request under way
   * although its delivery was lost. One that failed is tried again.
   */
  once(event: ProcosEvent, work: () => Promise<void>): Promise<void>;
}

/** @param memory how many events that were done are remembered */
export function createHandledEvents(memory = 10_000): HandledEvents {
  const underWay = new Map<string, Promise<void>>();
  const done = new Set<string>();
  const remember = (key: string) => {
    done.add(key);
    const [oldest] = done;
    if (done.size > memory && oldest !== undefined) done.delete(oldest);
  };
  return {
    once: async ({ source, id }, work) => {
      // Source and id together name an event. Source: CloudEvents 1.0, `id`.
      const key = JSON.stringify([source, id]);
      for (let earlier = underWay.get(key); earlier !== undefined; earlier = underWay.get(key))
        await earlier.catch(() => undefined);
      if (done.has(key)) return;
      const attempt = work().then(() => remember(key));
      const settled = attempt.finally(() => underWay.delete(key));
      underWay.set(key, settled);
      await settled;
    },
  };
}
