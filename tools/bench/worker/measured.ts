import { compareRuns, type Run, type Runs, valuesOf } from '../statistics.ts';

/** What a metric gives for one peer: the raw runs, and how ours compares with it. */
export function measured<OneRun extends Run>(
  { metric, unit, peer, runs }: { metric: string; unit: string; peer: string; runs: readonly OneRun[] },
  how: Pick<Runs, 'better' | 'statistic'> = {},
) {
  const compared = compareRuns({ ours: valuesOf(runs, 'ours'), theirs: valuesOf(runs, peer), ...how });
  return { runs, results: [{ metric, unit, peer, ...compared }] };
}
