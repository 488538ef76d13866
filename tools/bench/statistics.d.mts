export interface Runs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** @default 'lower' */
  readonly better?: 'lower' | 'higher';
  /** @default median */
  readonly statistic?: (values: readonly number[]) => number;
}

export interface Comparison {
  readonly ours: number;
  readonly theirs: number;
  /** Above 1: ours is better. */
  readonly ratio: number;
  /** Where the ratio lies with 95 % (bootstrap). */
  readonly ci95: readonly [number, number];
}

export function median(values: readonly number[]): number;
export function percentile(values: readonly number[], share: number): number;
export function seededRandom(seed: number): () => number;
export function compareRuns(runs: Runs): Comparison;
export function rounded(value: number): number;
