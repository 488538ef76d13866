import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { Cursor, Position } from './cursor.ts';
import { type HistoryEvent, inOrder } from './history-event.ts';
import type { HistoryReader } from './history-reader.ts';
import type { Reading } from './reading.ts';
import { countsDiffer } from './late-commits.ts';
import {
  frontierOf,
  furtherBackThan,
  type Plan,
  planDefaults,
  planReading,
  type PlanSettings,
  type Progress,
  recheck,
  sinceOf,
} from './reading-plan.ts';

export interface NextEvents {
  /** In the order in which they are to be published; none of them was published before. */
  readonly events: readonly HistoryEvent[];
  /** Where the cursor stands once all of them were published; until then what may be missing is read again. */
  readonly position: Position;
  /** True when there is more to be read at once. */
  readonly more: boolean;
}

export interface NextEventsOptions extends Pick<PlanSettings, 'windowMs'>, Partial<Omit<PlanSettings, 'windowMs'>> {
  readonly engine: EngineClient;
  readonly read: HistoryReader;
  /** Time that passes, in milliseconds. @default performance.now */
  readonly clock?: () => number;
  /** Hears how late a commit was, in milliseconds. */
  readonly onLate?: (lateMs: number) => void;
}

const rareForMs = 10_000;
const isRare = ({ type }: ProcosEvent) => type.startsWith('incident.') || /^task\..*\.failed$/.test(type);

/** Finds what is to be published next. Reads from a cursor, and leaves it as it is. */
export function createNextEvents(options: NextEventsOptions): (cursor: Cursor) => Promise<NextEvents> {
  const { engine, read, clock = () => performance.now(), onLate } = options;
  const settings: PlanSettings = { ...planDefaults, ...options };
  const progress = beginning(clock());
  return async ({ position, published }) => {
    // The first time a leader before this one may have died in the midst of publishing; later the last reading could not be published.
    if (position !== progress.last?.position) recheck(progress, position.newest);
    const settled = await count(progress, { position, published }, engine, settings, clock);
    const now = clock();
    let plan = planReading(progress, { ...position, settled }, settings, now);
    for (;;) {
      const asked = clock();
      const reading = await read({
        since: sinceOf(plan),
        limit: plan.limit,
        rareSince: plan.withRare ? plan.rareSince : undefined,
        wasBegun: published.wasBegun,
        publishedUntil: plan.earliest,
      });
      progress.tookMs = clock() - asked;
      const events = inOrder(newIn(reading, published));
      const better = betterPlan(plan, reading, events, settings);
      if (better === undefined) {
        const [oldest] = events;
        if (oldest !== undefined && oldest.at < position.newest) onLate?.(position.newest - oldest.at);
        return {
          events,
          position: note(progress, { ...position, settled }, { plan, reading, events }, settings, now),
          more: reading.completeUntil !== Infinity,
        };
      }
      plan = better;
    }
  };
}

function beginning(now: number): Progress {
  return {
    last: undefined,
    recheckUntil: undefined,
    counted: now,
    rare: -Infinity,
    rareWide: -Infinity,
    rareUntil: 0,
    tookMs: 0,
  };
}

/**
 * From time to time what was published is counted. Where the engine has as much, nothing before the window of late commits is
 * missing; else all of it is read again.
 *
 * @returns until when nothing is missing, on the engine's clock
 */
async function count(
  progress: Progress,
  { position, published }: Cursor,
  engine: EngineClient,
  { windowMs, overlapMs, countEveryMs }: PlanSettings,
  clock: () => number,
): Promise<number> {
  if (progress.recheckUntil !== undefined || clock() - progress.counted <= countEveryMs) return position.settled;
  const frontier = frontierOf(progress, position);
  const differ = await countsDiffer(engine, published, position.settled + overlapMs, frontier - overlapMs);
  progress.counted = clock();
  if (!differ) return Math.max(position.settled, frontier - windowMs);
  recheck(progress, frontier);
  return position.settled;
}

/** @returns undefined when a reading was good enough */
function betterPlan(
  plan: Plan,
  { completeUntil }: Reading,
  events: readonly HistoryEvent[],
  { overlapMs }: PlanSettings,
): Plan | undefined {
  // The next page begins where this one ends, also with what is rare.
  if (completeUntil !== Infinity && !plan.withRare) return { ...plan, withRare: true };
  // Something new where all was published: it was committed late, and what led to it may lie further back.
  const farEnd = sinceOf(plan) + overlapMs / 2;
  return events.some(({ at, kind }) => kind !== 'other' && at < farEnd && at >= plan.earliest)
    ? furtherBackThan(plan)
    : undefined;
}

interface DoneReading {
  readonly plan: Plan;
  readonly reading: Reading;
  readonly events: readonly HistoryEvent[];
}

/** @returns where the cursor stands once all of it was published */
function note(
  progress: Progress,
  position: Position,
  { plan, reading: { completeUntil }, events }: DoneReading,
  { windowMs }: PlanSettings,
  now: number,
): Position {
  const { newest, settled, rareRead, rareSettled } = position;
  const { recheckUntil } = progress;
  const isComplete = completeUntil === Infinity;
  const isRechecked = recheckUntil !== undefined && completeUntil > recheckUntil;
  const nowNewest = Math.max(newest, events.at(-1)?.at ?? 0);
  const next = {
    newest: nowNewest,
    // What is older than the window when it is read is all there is.
    settled: isRechecked ? Math.max(settled, recheckUntil - windowMs) : settled,
    rareRead: isComplete && plan.withRare ? nowNewest : rareRead,
    rareSettled:
      isComplete && plan.rareWide !== undefined ? Math.max(rareSettled, plan.rareWide - windowMs) : rareSettled,
  };
  progress.last = { plan, completeUntil, position: next };
  if (isRechecked) progress.recheckUntil = undefined;
  if (events.some(({ kind, event }) => kind === 'other' && isRare(event))) progress.rareUntil = now + rareForMs;
  if (isComplete && plan.withRare) progress.rare = now;
  if (isComplete && plan.rareWide !== undefined) progress.rareWide = now;
  return next;
}

/** What was not published yet, as far as the reading is complete; each once, though it may be in several answers. */
function newIn({ events, completeUntil }: Reading, published: Cursor['published']): readonly HistoryEvent[] {
  return [...new Map(events.map((one) => [one.event.id, one])).values()].filter(
    ({ at, event }) => at < completeUntil && !published.has(event.id),
  );
}
