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
  /** Time that passes, in milliseconds. @default performance.now */
  readonly clock?: () => number;
  /** Told how late a commit was, in milliseconds. */
  readonly onLate?: (lateMs: number) => void;
}

const fewRows = 1_000;
const rareForMs = 10_000;
/** How many times as far the next reading goes back where something was found at the far end of one. */
const furtherBack = 4;
const isRare = ({ type }: ProcosEvent) => type.startsWith('incident.') || /^task\..*\.failed$/.test(type);

/** A page that was cut: where the next one begins, once all that it gave was told. */
interface Page {
  readonly until: number;
  readonly given: readonly string[];
}

/** How the readings go. Times are those of the clock, in milliseconds. */
interface Progress {
  /** How far the next reading goes back; undefined: as far as it must. The first one: over the whole window, a leader before this one may have died in its midst. */
  reach: number | undefined;
  page: Page | undefined;
  limit: number;
  counted: number;
  rare: number;
  rareWide: number;
  /** Where something was rare and has happened, it is read each time for a while: what follows must not be told before it. */
  rareUntil: number;
  tookMs: number;
}

/** Finds what is to be told next. Reads from a cursor, and leaves it as it is. */
export function createNextEvents(options: NextEventsOptions): (cursor: Cursor) => Promise<NextEvents> {
  const { engine, read, windowMs, countEveryMs = 2_000, overlapMs = 200, clock = () => performance.now(), onLate } = options;
  const progress: Progress = { reach: windowMs, page: undefined, limit: fewRows, counted: clock(), rare: -Infinity, rareWide: -Infinity, rareUntil: 0, tookMs: 0 };
  const next = async (cursor: Cursor): Promise<NextEvents> => {
    const now = clock();
    const { told, newest } = cursor;
    if (progress.reach === undefined && progress.page === undefined && now - progress.counted > countEveryMs) {
      if (await countsDiffer(engine, told, newest - windowMs + overlapMs, newest - overlapMs)) progress.reach = windowMs;
      progress.counted = now;
    }
    const plan = planReading(progress, cursor, options, now);
    const { since, withRare, back } = plan;
    const reading = await read({ since, limit: progress.limit, rareSince: withRare ? plan.rareSince : undefined, wasBegun: told.wasBegun, toldUntil: newest - windowMs });
    progress.tookMs = clock() - now;
    const events = inOrder(newIn(reading, cursor));
    // Something new where all was told: it was committed late, and what led to it may lie further back.
    if (back < windowMs && events.some(({ at, kind }) => kind !== 'other' && at < since + overlapMs / 2 && at >= newest - windowMs)) {
      progress.reach = Math.min(back * furtherBack, windowMs);
      return next(cursor);
    }
    note(progress, plan, reading, events, now);
    const [oldest] = events;
    if (oldest !== undefined && oldest.at < newest) onLate?.(newest - oldest.at);
    return { events, newest: Math.max(newest, events.at(-1)?.at ?? 0), more: reading.completeUntil !== Infinity, withRare };
  };
  return next;
}

interface Plan {
  readonly since: number;
  readonly rareSince: number;
  readonly withRare: boolean;
  /** True when what is rare is read over the whole window. */
  readonly wideRare: boolean;
  /** How far the reading goes back; `Infinity` where it goes on with the next page. */
  readonly back: number;
}

function planReading({ reach, page, rare, rareWide, rareUntil, tookMs }: Progress, cursor: Cursor, options: NextEventsOptions, now: number): Plan {
  const { windowMs, overlapMs = 200, countEveryMs = 2_000, rareEveryMs = 500 } = options;
  const withRare = reach !== undefined || page !== undefined || now < rareUntil || now - rare > rareEveryMs;
  const wideRare = reach === windowMs || now - rareWide > countEveryMs;
  // While one question was asked the engine went on: the next reading goes back at least as far.
  const back = reach ?? overlapMs + tookMs;
  // What could not be told is read again.
  if (page?.given.every((id) => cursor.told.has(id)) === true) return { since: page.until, rareSince: page.until, withRare, wideRare, back: Infinity };
  return { since: cursor.newest - back, rareSince: cursor.rareRead - (wideRare ? windowMs : Math.max(back, rareEveryMs)), withRare, wideRare, back };
}

function note(progress: Progress, { since, withRare, wideRare }: Plan, { completeUntil }: Reading, events: readonly HistoryEvent[], now: number): void {
  const cut = completeUntil !== Infinity;
  if (events.some(({ kind, event }) => kind === 'other' && isRare(event))) progress.rareUntil = now + rareForMs;
  // A moment that has more rows than a page must not be read for ever.
  progress.limit = cut && completeUntil <= since ? progress.limit * 4 : fewRows;
  progress.page = cut ? { until: completeUntil, given: events.map(({ event }) => event.id) } : undefined;
  if (cut) return;
  progress.reach = undefined;
  if (withRare) progress.rare = now;
  if (withRare && wideRare) progress.rareWide = now;
}

/** What was not told yet, as far as the reading is complete; each once, though it may be in several answers. */
function newIn({ events, completeUntil }: Reading, { told }: Cursor): readonly HistoryEvent[] {
  return [...new Map(events.map((one) => [one.event.id, one])).values()].filter(({ at, event }) => at < completeUntil && !told.has(event.id));
}
