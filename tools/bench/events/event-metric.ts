import type { Report } from '../report.ts';
import type { Candidates } from '../worker/candidates.ts';
import type { EngineSession } from '../worker/engine-session.ts';
import type { Bridge } from './bridge-process.ts';

/** What a metric of events is measured on. */
export interface EventStage {
  readonly rounds: number;
  readonly engine: EngineSession;
  readonly candidates: Candidates;
  readonly bridge: Bridge;
}

export interface EventMetric {
  readonly name: string;
  readonly about: string;
  measure(stage: EventStage): Promise<Pick<Report, 'runs' | 'results'>>;
}
