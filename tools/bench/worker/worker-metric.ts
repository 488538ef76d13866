import type { Report } from '../report.ts';
import type { RoundRun } from '../statistics.ts';
import type { Candidates } from './candidates.ts';
import type { EngineSession } from './engine-session.ts';
import type { Temporal } from './temporal/open-temporal.ts';

/** What a metric of the worker is measured on. */
export interface WorkerStage<Peer extends string = string> {
  readonly peer: Peer;
  readonly rounds: number;
  readonly engine: EngineSession;
  readonly candidates: Candidates;
  /** There where the peer is Temporal. */
  readonly temporal?: Temporal;
}

export interface WorkerMetric<Peer extends string = string> {
  readonly name: string;
  readonly about: string;
  readonly peers: readonly Peer[];
  /** @returns the results and raw runs of one peer */
  measure(stage: WorkerStage<Peer>): Promise<Pick<Report, 'runs' | 'results'>>;
}

/** One value of a turn. */
export interface WorkerRun extends RoundRun {
  readonly peer: string;
}

/** @throws Error when a metric asks for Temporal without having named it as its peer */
export function demandTemporal(temporal: Temporal | undefined): Temporal {
  if (temporal === undefined) throw new Error('Temporal was not started');
  return temporal;
}
