import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { Cursor } from './cursor.ts';
import { type HistoryEvent, inOrder } from './history-event.ts';
import type { HistoryReader, Reading } from './history-reader.ts';
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
  /** Time between two readings of what is rare, in milliseconds; each countEveryMs one of them goes back over the whole window. @default 500 */
  readonly rareEveryMs?: number;
  /** Told how late a commit was, in milliseconds. */
  readonly onLate?: (lateMs: number) => void;
}

const fewRows = 1_000;
const rareForMs = 10_000;
const isRare = ({ type }: ProcosEvent) => type.startsWith('incident.') || /^task\..*\.failed$/.test(type);

/** A page that was cut: where the next one begins, once all that it gave was told. */
interface Page {
  readonly until: number;
  readonly given: readonly string[];
}

/** Finds what is to be told next. Reads from a cursor, and leaves it as it is. */
export function createNextEvents(options: NextEventsOptions): (cursor: Cursor) => Promise<NextEvents> {
  const { engine, read, windowMs, overlapMs = 200, countEveryMs = 2_000, rareEveryMs = 500, onLate } = options;
  /** The first reading goes back over the whole window: a leader before this one may have died in its midst. */
  let wide = true;
  let page: Page | undefined;
  let limit = fewRows;
  let counted = performance.now();
  let [rare, rareWide] = [-Infinity, -Infinity];
  /** Where something was rare and has happened, it is read each time for a while: what follows must not be told before it. */
  let rareUntil = 0;
  let tookMs = 0;

  const next = async (cursor: Cursor): Promise<NextEvents> => {
    const now = performance.now();
    if (!wide && page === undefined && now - counted > countEveryMs) {
      wide = await countsDiffer(engine, cursor.told, cursor.newest - windowMs + overlapMs, cursor.newest - overlapMs);
      counted = now;
    }
    const withRare = wide || page !== undefined || now < rareUntil || now - rare > rareEveryMs;
    const wideRare = wide || now - rareWide > countEveryMs;
    // While one question was asked the engine went on: the next reading goes back at least as far.
    const back = wide ? windowMs : overlapMs + tookMs;
    const goesOn = page?.given.every((id) => cursor.told.has(id)) === true ? page.until : undefined;
    const since = goesOn ?? cursor.newest - back;
    const rareSince = goesOn ?? cursor.rareRead - (wideRare ? windowMs : Math.max(back, rareEveryMs));
    const reading = await read({ since, limit, rareSince: withRare ? rareSince : undefined });
    tookMs = performance.now() - now;
    const events = inOrder(newIn(reading, cursor));
    // What has begun before the reading was told, unless it was committed late: then more of it is to be found, and told first.
    if (!wide && page === undefined && events.some(({ at, kind }) => kind !== 'other' && at < since && at >= cursor.newest - windowMs)) {
      wide = true;
      return next(cursor);
    }
    if (events.some(({ kind, event }) => kind === 'other' && isRare(event))) rareUntil = now + rareForMs;
    const cut = reading.completeUntil !== Infinity;
    // A moment that has more rows than a page must not be read for ever.
    limit = cut && reading.completeUntil <= since ? limit * 4 : fewRows;
    page = cut ? { until: reading.completeUntil, given: events.map(({ event }) => event.id) } : undefined;
    if (!cut) {
      wide = false;
      if (withRare) rare = now;
      if (withRare && wideRare) rareWide = now;
    }
    const [oldest] = events;
    if (oldest !== undefined && oldest.at < cursor.newest) onLate?.(cursor.newest - oldest.at);
    const newest = Math.max(cursor.newest, ...[events.at(-1)?.at ?? 0]);
    return { events, newest, more: cut, withRare };
  };
  return next;
}

/** What was not told yet, as far as the reading is complete; each once, though it may be in several answers. */
function newIn({ events, completeUntil }: Reading, { told }: Cursor): readonly HistoryEvent[] {
  return [...new Map(events.map((one) => [one.event.id, one])).values()].filter(({ at, event }) => at < completeUntil && !told.has(event.id));
}
