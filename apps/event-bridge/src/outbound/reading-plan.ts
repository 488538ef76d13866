import type { Cursor } from './cursor.ts';

/** Where a reading begins, and how much it holds. Times are those of the engine's clock, in milliseconds. */
export interface Plan {
  /** Everything before this moment was told, but for what is committed late. */
  readonly toldUntil: number;
  /** How far it goes back behind that, in milliseconds. */
  readonly back: number;
  /** Further back than this late commits are not looked for. */
  readonly earliest: number;
  /** Rows of one kind at most. */
  readonly limit: number;
  readonly withRare: boolean;
  readonly rareSince: number;
  /** True when what is rare is read over the whole window. */
  readonly wideRare: boolean;
}

/** A reading that was given to be told. */
export interface LastReading {
  readonly plan: Plan;
  /** `Infinity` when it held everything. */
  readonly completeUntil: number;
  /** Ids of its events. */
  readonly given: ReadonlySet<string>;
  /** False until all of them were told. */
  isTold: boolean;
}

/** How the readings go. Times are those of the bridge's clock, in milliseconds. */
export interface Progress {
  /** The next reading goes back over the whole window. The first one does: a leader before this one may have died in its midst. */
  wide: boolean;
  last: LastReading | undefined;
  counted: number;
  rare: number;
  rareWide: number;
  /** Where something was rare and has happened, it is read each time for a while: what follows must not be told before it. */
  rareUntil: number;
  tookMs: number;
}

export interface PlanSettings {
  readonly windowMs: number;
  readonly overlapMs: number;
  readonly countEveryMs: number;
  readonly rareEveryMs: number;
  readonly pageRows: number;
}

/** How many times as far a reading goes back once something was found at the far end of it. */
const furtherBack = 4;

export const sinceOf = ({ toldUntil, back, earliest }: Plan): number => Math.max(toldUntil - back, earliest);

/** @returns undefined when it goes back as far as it may */
export function furtherBackThan(plan: Plan): Plan | undefined {
  return sinceOf(plan) > plan.earliest ? { ...plan, back: plan.back * furtherBack } : undefined;
}

/** Whether something that was given could not be told. */
export const isUntold = ({ last }: Progress): boolean => last?.isTold === false;

export const wasCut = ({ last }: Progress): boolean => last !== undefined && last.completeUntil !== Infinity;

export function planReading(progress: Progress, cursor: Cursor, settings: PlanSettings, now: number): Plan {
  const { last } = progress;
  // However far the history has gone on meanwhile.
  if (last !== undefined && isUntold(progress)) return { ...last.plan, withRare: true };
  // While one question was asked the engine went on: the next reading goes back at least as far.
  const back = settings.overlapMs + progress.tookMs;
  return last !== undefined && wasCut(progress) ? nextPage(last, back) : firstPage(progress, cursor, settings, { now, back });
}

function firstPage({ wide, rare, rareWide, rareUntil }: Progress, { newest, rareRead }: Cursor, settings: PlanSettings, { now, back }: { readonly now: number; readonly back: number }): Plan {
  const { windowMs, countEveryMs, rareEveryMs, pageRows: limit } = settings;
  const earliest = newest - windowMs;
  const wideRare = wide || now - rareWide > countEveryMs;
  const rareSince = rareRead - (wideRare ? windowMs : Math.max(back, rareEveryMs));
  return { toldUntil: wide ? earliest : newest, back, earliest, limit, withRare: wide || now < rareUntil || now - rare > rareEveryMs, rareSince, wideRare };
}

function nextPage({ plan, completeUntil }: LastReading, back: number): Plan {
  // What is told already takes its place in a page as well: one that came no further must hold more.
  if (completeUntil <= plan.toldUntil) return { ...plan, limit: plan.limit * 4 };
  const next = { ...plan, toldUntil: completeUntil, back };
  return { ...next, rareSince: sinceOf(next) };
}
