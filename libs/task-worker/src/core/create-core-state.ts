import type { CoreState } from './core-state.ts';
import { sharesOf } from './fetch-plan.ts';
import type { CoreOptions } from './options.ts';
import { createTopicGate } from './topic-gate.ts';

/** What a worker knows before anything has happened. */
export function createCoreState(options: CoreOptions): CoreState {
  return {
    options,
    gates: new Map(Object.entries(options.topics).map(([topic, limits]) => [topic, createTopicGate(limits)])),
    shares: sharesOf(options),
    heldOf: new Map(),
    leases: new Map(),
    leaseOfTask: new Map(),
    fetches: new Map(),
    retriesDue: new Map(),
    settled: new Map(),
    orphans: new Map(),
    phase: 'INITIALIZED',
    commands: [],
    lastNumber: 0,
    lastWorkAt: Number.NEGATIVE_INFINITY,
    backlog: false,
    skipScarce: false,
    grabbed: false,
    forgetsSuperseded: false,
    answeredAt: Number.NEGATIVE_INFINITY,
    strayUntil: Number.NEGATIVE_INFINITY,
    fetchFailures: 0,
    fetchAfter: Number.NEGATIVE_INFINITY,
    ghosts: 'none',
    listing: 0,
    scannedAt: Number.NEGATIVE_INFINITY,
    handledAt: Number.POSITIVE_INFINITY,
    stoodStillAt: Number.NEGATIVE_INFINITY,
    drain: undefined,
  };
}
