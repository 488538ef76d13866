import type { HistoryEvent, RowKind } from './history-event.ts';

/** The events of the last while that were told, by id: so that none is told twice, and that it is seen when one is missing. */
export interface ToldEvents {
  has(id: string): boolean;
  add(event: HistoryEvent): void;
  /** How many of a kind from one moment to another, both included. */
  count(kind: RowKind, from: number, to: number): number;
  /** Forgets what is older. */
  forgetBefore(moment: number): void;
  /** Ids of at most so many, the youngest. */
  youngest(limit: number): readonly (readonly [id: string, at: number, kind: RowKind])[];
}

export function createToldEvents(before: readonly (readonly [id: string, at: number, kind: RowKind])[] = []): ToldEvents {
  const told = new Map<string, { readonly at: number; readonly kind: RowKind }>(before.map(([id, at, kind]) => [id, { at, kind }]));
  return {
    has: (id) => told.has(id),
    add: ({ event: { id }, at, kind }) => void told.set(id, { at, kind }),
    count: (kind, from, to) => {
      let count = 0;
      for (const one of told.values()) if (one.kind === kind && one.at >= from && one.at <= to) count += 1;
      return count;
    },
    forgetBefore: (moment) => {
      for (const [id, { at }] of told) if (at < moment) told.delete(id);
    },
    youngest: (limit) =>
      [...told]
        .toSorted(([, a], [, b]) => b.at - a.at)
        .slice(0, limit)
        .map(([id, { at, kind }]) => [id, at, kind] as const),
  };
}
