import type { WorkerCore } from '../../core/worker-core.ts';
import type { HeldTask, WorkerEvent } from '../../core/messages.ts';
import type { Monitor, Run } from './monitor.ts';
import type { Saboteur } from './planted-bugs.ts';
import type { SimEngine } from './sim-engine.ts';
import type { Scenario } from './scenario.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SimWorld {
  readonly scenario: Scenario;
  readonly engine: SimEngine;
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly monitor: Monitor;
  readonly saboteur: Saboteur;
}

/** One life of a worker process. */
export interface SimProcess {
  readonly workerId: string;
  /** Unique, even where worker ids are not. */
  readonly name: string;
  readonly core: WorkerCore;
  /** Number of each → tasks that it may still bring. */
  readonly openFetches: Map<number, number>;
  readonly running: Map<number, { readonly task: HeldTask; readonly cancel: () => void }>;
  readonly leases: Map<number, Run>;
  alive: boolean;
  pausedUntil: number;
  dispatch(event: WorkerEvent): void;
}
