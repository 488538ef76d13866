import type { ProcosEvent } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { Cursor } from './cursor.ts';
import { type HistoryEvent, inOrder } from './history-event.ts';
import type { HistoryReader, Reading } from './history-reader.ts';
import { countsDiffer } from './late-commits.ts';
import { furtherBackThan, isUntold, type LastReading, type Plan, planReading, type Progress, sinceOf, wasCut } from './reading-plan.ts';

export interface NextEvents {
  /** In the order in which they are to be told; none of them was told before. */
  readonly events: readonly HistoryEvent[];
  /** The newest moment that was read completely, in milliseconds. */
  readonly newest: number;
  /** True when there is more to be read at once. */
  readonly more: boolean;
  /** True when what is rare was read as well. */
  readonly withRare: boolean;
  /** To be called once all of them were told: until then the next answer begins where this one did. */
  readonly confirm: () => void;
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
  /** Rows of one kind in one answer, at most. @default 1000 */
  readonly pageRows?: number;
  /** Time that passes, in milliseconds. @default performance.now */
  readonly clock?: () => number;
  /** Told how late a commit was, in milliseconds. */
  readonly onLate?: (lateMs: number) => void;
}

const rareForMs = 10_000;
const none: ReadonlySet<string> = new Set();
const isRare = ({ type }: ProcosEvent) => type.startsWith('incident.') || /^task\..*\.failed$/.test(type);

/** Finds what is to be told next. Reads from a cursor, and leaves it as it is. */
export function createNextEvents(options: NextEventsOptions): (cursor: Cursor) => Promise<NextEvents> {
  const { engine, windowMs, clock = () => performance.now(), onLate } = options;
  const settings = { windowMs, countEveryMs: options.countEveryMs ?? 2_000, overlapMs: options.overlapMs ?? 200, rareEveryMs: options.rareEveryMs ?? 500, pageRows: options.pageRows ?? 1_000 };
  const { countEveryMs, overlapMs } = settings;
  const progress: Progress = { wide: true, last: undefined, counted: clock(), rare: -Infinity, rareWide: -Infinity, rareUntil: 0, tookMs: 0 };
  return async (cursor) => {
    const { told, newest } = cursor;
    if (!progress.wide && !isUntold(progress) && !wasCut(progress) && clock() - progress.counted > countEveryMs) {
      progress.wide = await countsDiffer(engine, told, newest - windowMs + overlapMs, newest - overlapMs);
      progress.counted = clock();
    }
    const foundBefore = progress.last?.given ?? none;
    const now = clock();
    let plan = planReading(progress, cursor, settings, now);
    for (;;) {
      const asked = clock();
      const reading = await options.read({ since: sinceOf(plan), limit: plan.limit, rareSince: plan.withRare ? plan.rareSince : undefined, wasBegun: told.wasBegun, toldUntil: plan.earliest });
      progress.tookMs = clock() - asked;
      const events = inOrder(newIn(reading, cursor));
      const better = betterPlan(plan, reading, events.filter(({ event }) => !foundBefore.has(event.id)), overlapMs);
      if (better !== undefined) {
        plan = better;
        continue;
      }
      const last = note(progress, plan, reading, events, now);
      const [oldest] = events;
      if (oldest !== undefined && oldest.at < newest) onLate?.(newest - oldest.at);
      return { events, newest: Math.max(newest, events.at(-1)?.at ?? 0), more: wasCut(progress), withRare: plan.withRare, confirm: () => void (last.isTold = true) };
    }
  };
}

/** @param events that were not found before @returns undefined when a reading was good enough */
function betterPlan(plan: Plan, { completeUntil }: Reading, events: readonly HistoryEvent[], overlapMs: number): Plan | undefined {
  // The next page begins where this one ends, also with what is rare.
  if (completeUntil !== Infinity && !plan.withRare) return { ...plan, withRare: true };
  // Something new where all was told: it was committed late, and what led to it may lie further back.
  const farEnd = sinceOf(plan) + overlapMs / 2;
  return events.some(({ at, kind }) => kind !== 'other' && at < farEnd && at >= plan.earliest) ? furtherBackThan(plan) : undefined;
}

function note(progress: Progress, plan: Plan, { completeUntil }: Reading, events: readonly HistoryEvent[], now: number): LastReading {
  if (events.some(({ kind, event }) => kind === 'other' && isRare(event))) progress.rareUntil = now + rareForMs;
  const last = { plan, completeUntil, given: new Set(events.map(({ event }) => event.id)), isTold: events.length === 0 };
  progress.last = last;
  if (wasCut(progress)) return last;
  progress.wide = false;
  if (plan.withRare) progress.rare = now;
  if (plan.withRare && plan.wideRare) progress.rareWide = now;
  return last;
}

/** What was not told yet, as far as the reading is complete; each once, though it may be in several answers. */
function newIn({ events, completeUntil }: Reading, { told }: Cursor): readonly HistoryEvent[] {
  return [...new Map(events.map((one) => [one.event.id, one])).values()].filter(({ at, event }) => at < completeUntil && !told.has(event.id));
}
