/** A clock that jumps from one appointment to the next. */
export interface VirtualTime {
  now(): number;
  /** @returns a function that takes the appointment back */
  after(ms: number, callback: () => void): () => void;
  /** Keeps appointments until `until` says so, none is left, or the time is up. */
  run(limitMs: number, until: () => boolean): void;
}

interface Appointment {
  readonly at: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

export function createVirtualTime(): VirtualTime {
  const heap: Appointment[] = [];
  let now = 0;
  let order = 0;
  const isBefore = (one: Appointment, other: Appointment) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function push(entry: Appointment): void {
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  function pop(): Appointment | undefined {
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child++;
      const next = heap[child];
      if (next === undefined || !isBefore(next, last)) break;
      heap[index] = next;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  return {
    now: () => now,
    after: (ms, callback) => {
      const entry: Appointment = { at: now + Math.max(0, ms), order: order++, callback };
      push(entry);
      return () => {
        entry.callback = undefined;
      };
    },
    run: (limitMs, until) => {
      while (!until()) {
        const next = pop();
        if (next === undefined) return;
        if (next.at > limitMs) {
          now = limitMs;
          return push(next);
        }
        now = next.at;
        next.callback?.();
      }
    },
  };
}
