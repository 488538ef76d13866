// The statistics that all benches share. Ratios have a seeded bootstrap interval: the same raw runs always give the same bounds.
const RESAMPLES = 4_000;
const SEED = 20_260_101;

export interface Runs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** @default 'lower' */
  readonly better?: 'lower' | 'higher';
  /** @default median */
  readonly statistic?: (values: readonly number[]) => number;
}

/** One value that was measured of a candidate. */
export interface Run {
  readonly candidate: string;
  readonly value: number;
}

/** The same, of one metric in one round. */
export interface RoundRun extends Run {
  readonly metric: string;
  readonly round: number;
}

/** What was measured of one candidate, in the order of the runs. */
export function valuesOf(runs: readonly Run[], wanted: string): readonly number[] {
  return runs.filter(({ candidate }) => candidate === wanted).map(({ value }) => value);
}

export interface Comparison {
  readonly ours: number;
  readonly theirs: number;
  /** Above 1: ours is better. */
  readonly ratio: number;
  /** Where the ratio lies with 95 % (bootstrap). */
  readonly ci95: readonly [number, number];
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Linear between the two nearest ranks. @param share from 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  return below + ((sorted[Math.ceil(place)] ?? Number.NaN) - below) * (place % 1);
}

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Compares two sets of runs. A ratio above 1 always means that ours is better. */
export function compareRuns({ ours, theirs, better = 'lower', statistic = median }: Runs): Comparison {
  const ratioOf = (mine: number, other: number) => (better === 'lower' ? other / mine : mine / other);
  const random = seededRandom(SEED);
  const resample = (values: readonly number[]) =>
    values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
  const ratios = Array.from({ length: RESAMPLES }, () =>
    ratioOf(statistic(resample(ours)), statistic(resample(theirs))),
  );
  const [mine, other] = [statistic(ours), statistic(theirs)];
  return {
    ours: rounded(mine),
    theirs: rounded(other),
    ratio: rounded(ratioOf(mine, other)),
    ci95: [rounded(percentile(ratios, 0.025)), rounded(percentile(ratios, 0.975))],
  };
}

/** Four significant digits: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
