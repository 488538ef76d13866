import { compareRuns, type Runs } from '../statistics.ts';

/** One value that was measured. */
export interface Run {
  readonly candidate: string;
  readonly value: number;
}

/** What a metric gives for one peer: the raw runs, and how ours compares with it. */
export function measured<OneRun extends Run>(
  { metric, unit, peer, runs }: { metric: string; unit: string; peer: string; runs: readonly OneRun[] },
  how: Pick<Runs, 'better' | 'statistic'> = {},
) {
  const of = (candidate: string) => runs.filter((run) => run.candidate === candidate).map(({ value }) => value);
  return { runs, results: [{ metric, unit, peer, ...compareRuns({ ours: of('ours'), theirs: of(peer), ...how }) }] };
}
