import { activityBegun, type HistoryEvent, type RowKind } from './history-event.ts';

/** One event that was published, as it is remembered. */
export interface PublishedEvent {
  readonly id: string;
  /** Milliseconds, on the engine's clock. */
  readonly at: number;
  readonly kind: RowKind;
  /** The activity whose beginning it tells, until the end of that is published. */
  readonly open?: string | undefined;
}

/** The events of the last while that were published, by id: so that none is published twice, and that it is seen when one is missing. */
export interface PublishedEvents {
  has(id: string): boolean;
  /** Whether the beginning of an activity was published; it may be forgotten a while after its end. */
  wasBegun(activityInstanceId: string): boolean;
  add(event: HistoryEvent): void;
  /** How many of a kind from one moment to another, both included. */
  count(kind: RowKind, from: number, to: number): number;
  /** Forgets what is older, but for the beginning of what has not ended: that is read once more at its end. */
  forgetBefore(moment: number): void;
  /** At most so many, the youngest. */
  youngest(limit: number): readonly PublishedEvent[];
}

export function createPublishedEvents(before: readonly PublishedEvent[] = []): PublishedEvents {
  const published = new Map<string, PublishedEvent>();
  /** Events that tell the beginning of an activity, by the activity. */
  const open = new Map<string, readonly PublishedEvent[]>();
  const remember = (one: PublishedEvent) => {
    published.set(one.id, one);
    if (one.open !== undefined) open.set(one.open, [...(open.get(one.open) ?? []), one]);
  };
  for (const one of before) remember(one);
  return {
    has: (id) => published.has(id),
    wasBegun: (activityInstanceId) => open.has(activityInstanceId) || published.has(activityBegun(activityInstanceId)),
    add: ({ event: { id }, at, kind, activity }) => {
      const begins = activity?.phase === 'begun';
      remember({ id, at, kind, ...(begins ? { open: activity.id } : {}) });
      if (activity === undefined || begins) return;
      for (const { open: _ended, ...one } of open.get(activity.id) ?? []) published.set(one.id, one);
      open.delete(activity.id);
    },
    count: (kind, from, to) => {
      let count = 0;
      for (const one of published.values()) if (one.kind === kind && one.at >= from && one.at <= to) count += 1;
      return count;
    },
    forgetBefore: (moment) => {
      // Remembered in the order in which they were published, which is nearly that of their times: the rest is younger.
      for (const [id, one] of published) {
        if (one.at >= moment) return;
        if (one.open === undefined) published.delete(id);
      }
    },
    youngest: (limit) => [...published.values()].toSorted((a, b) => b.at - a.at).slice(0, limit),
  };
}
