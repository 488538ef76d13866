import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { Cursor } from './cursor.ts';
import { type HistoryEvent, inOrder } from './history-event.ts';
import type { HistoryReader } from './history-reader.ts';
import { countsDiffer } from './late-commits.ts';

export interface NextEvents {
  /** In the order in which they are to be told; none of them was told before. */
  readonly events: readonly HistoryEvent[];
  /** The newest moment that was read completely, in milliseconds. */
  readonly newest: number;
  /** True when there is more to be read at once. */
  readonly more: boolean;
  /** True when what is rare was read as well. */
  readonly withRare: boolean;
}

export interface NextEventsOptions {
  readonly engine: EngineClient;
  readonly read: HistoryReader;
  /** How far back late commits are looked for, in milliseconds. */
  readonly windowMs: number;
  /** How far each reading goes back, in milliseconds. @default 200 */
  readonly overlapMs?: number;
  /** Time between two countings, in milliseconds. @default 2000 */
  readonly countEveryMs?: number;
  /** Time between two readings of what is rare, in milliseconds. @default 500 */
  readonly rareEveryMs?: number;
  /** Told how late a commit was, in milliseconds. */
  readonly onLate?: (lateMs: number) => void;
}

const [fewRows, manyRows] = [1_000, 64_000];
const rareForMs = 10_000;
const isRare = ({ type }: ProcosEvent) => type.startsWith('incident.') || /^task\..*\.failed$/.test(type);

/** Finds what is to be told next. Reads from a cursor, and leaves it as it is. */
export function createNextEvents(options: NextEventsOptions): (cursor: Cursor) => Promise<NextEvents> {
  const { engine, read, windowMs, overlapMs = 200, countEveryMs = 2_000, rareEveryMs = 500, onLate } = options;
  /** The first reading goes back over the whole window: a leader before this one may have died in its midst. */
  let wide = true;
  let limit = fewRows;
  let counted = performance.now();
  let rare = -Infinity;
  /** Where something was rare and has happened, it is read each time for a while: what follows must not be told before it. */
  let rareUntil = 0;
  let tookMs = 0;

  return async (cursor) => {
    const now = performance.now();
    if (!wide && limit === fewRows && now - counted > countEveryMs) {
      wide = await countsDiffer(engine, cursor.told, cursor.newest - windowMs + overlapMs, cursor.newest - overlapMs);
      counted = now;
    }
    const withRare = wide || now < rareUntil || now - rare > rareEveryMs;
    // While one question was asked the engine went on: the next reading goes back at least as far.
    const back = wide ? windowMs : overlapMs + tookMs;
    const reading = await read({ since: cursor.newest - back, limit, rareSince: withRare ? cursor.rareRead - Math.max(back, rareEveryMs) : undefined });
    tookMs = performance.now() - now;
    const ready = [...new Map(reading.events.map((one) => [one.event.id, one])).values()].filter(({ at, event }) => at < reading.completeUntil && !cursor.told.has(event.id));
    if (ready.some(({ kind, event }) => kind === 'other' && isRare(event))) rareUntil = now + rareForMs;
    const cut = reading.completeUntil !== Infinity;
    // A page that holds nothing new must not be read for ever.
    limit = cut && ready.length === 0 ? Math.min(limit * 4, manyRows) : cut ? limit : fewRows;
    if (!cut) {
      wide = false;
      if (withRare) rare = now;
    }
    const events = inOrder(ready);
    const [oldest] = events;
    if (oldest !== undefined && oldest.at < cursor.newest) onLate?.(cursor.newest - oldest.at);
    const newest = Math.max(cursor.newest, ...[events.at(-1)?.at ?? 0]);
    return { events, newest, more: cut, withRare };
  };
}
