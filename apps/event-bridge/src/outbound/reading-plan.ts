import type { Position } from './cursor.ts';

/** Where a reading begins, and how much it holds. Times are those of the engine's clock, in milliseconds. */
export interface Plan {
  /** Everything before this moment was published, but for what is committed late. */
  readonly publishedUntil: number;
  /** How far it goes back behind that, in milliseconds. */
  readonly back: number;
  /** Nothing before this moment is missing. */
  readonly earliest: number;
  /** Rows of one kind at most. */
  readonly limit: number;
  readonly withRare: boolean;
  readonly rareSince: number;
  /** When what is rare is read as far back as something of it may be missing: the newest moment of which something was published by then. */
  readonly rareWide: number | undefined;
}

/** A reading that was given to be published. */
export interface LastReading {
  readonly plan: Plan;
  /** `Infinity` when it held everything. */
  readonly completeUntil: number;
  /** Where the cursor stands once all of it was published. */
  readonly position: Position;
}

/** How the readings go. Times are those of the bridge's clock, in milliseconds. */
export interface Progress {
  last: LastReading | undefined;
  /** Everything is read again that may be missing, up to this moment on the engine's clock. */
  recheckUntil: number | undefined;
  counted: number;
  rare: number;
  rareWide: number;
  /** Where something was rare and has happened, it is read each time for a while: what follows must not be published before it. */
  rareUntil: number;
  tookMs: number;
}

/** Times in milliseconds. */
export interface PlanSettings {
  /** How late a commit may be. */
  readonly windowMs: number;
  /** How far each reading goes back. @default 200 */
  readonly overlapMs: number;
  /** Time between two countings. @default 2000 */
  readonly countEveryMs: number;
  /** Time between two readings of what is rare; each countEveryMs one of them goes back as far as something of it may be missing. @default 500 */
  readonly rareEveryMs: number;
  /** Rows of one kind in one answer, at most. @default 1000 */
  readonly pageRows: number;
}

export const planDefaults = { overlapMs: 200, countEveryMs: 2_000, rareEveryMs: 500, pageRows: 1_000 } as const;

/** How many times as far a reading goes back once something was found at the far end of it. */
const furtherBack = 4;

export const sinceOf = ({ publishedUntil, back, earliest }: Plan): number => Math.max(publishedUntil - back, earliest);

/** @returns undefined when it goes back as far as it may */
export function furtherBackThan(plan: Plan): Plan | undefined {
  return sinceOf(plan) > plan.earliest ? { ...plan, back: plan.back * furtherBack } : undefined;
}

const wasCut = ({ completeUntil }: LastReading): boolean => completeUntil !== Infinity;

/** Until when everything was published that could be read, on the engine's clock. */
export function frontierOf({ last }: Progress, { newest }: Position): number {
  return last !== undefined && wasCut(last) ? last.completeUntil : newest;
}

/** From now on everything is read again that may be missing. */
export function recheck(progress: Progress, until: number): void {
  progress.last = undefined;
  progress.recheckUntil = until;
}

export function planReading(progress: Progress, position: Position, settings: PlanSettings, now: number): Plan {
  const { last, recheckUntil, tookMs } = progress;
  // While one question was asked the engine went on: the next reading goes back at least as far.
  const back = settings.overlapMs + tookMs;
  if (last !== undefined && wasCut(last)) return nextPage(last, back);
  const earliest = position.settled;
  return {
    publishedUntil: recheckUntil === undefined ? position.newest : earliest,
    back,
    earliest,
    limit: settings.pageRows,
    ...planRare(progress, position, settings, { now, back }),
  };
}

function planRare(
  { recheckUntil, rare, rareWide, rareUntil }: Progress,
  position: Position,
  { countEveryMs, rareEveryMs }: PlanSettings,
  { now, back }: { readonly now: number; readonly back: number },
): Pick<Plan, 'withRare' | 'rareSince' | 'rareWide'> {
  if (recheckUntil !== undefined || now - rareWide > countEveryMs)
    return { withRare: true, rareSince: position.rareSettled, rareWide: position.newest };
  return {
    withRare: now < rareUntil || now - rare > rareEveryMs,
    rareSince: position.rareRead - Math.max(back, rareEveryMs),
    rareWide: undefined,
  };
}

function nextPage({ plan, completeUntil }: LastReading, back: number): Plan {
  // What is published already takes its place in a page as well: one that came no further must hold more.
  if (completeUntil <= plan.publishedUntil) return { ...plan, limit: plan.limit * 4 };
  const next = { ...plan, publishedUntil: completeUntil, back };
  return { ...next, rareSince: sinceOf(next) };
}
