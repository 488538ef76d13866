import type { CoreState } from './core-state.ts';
import { ask } from './kept-results.ts';

/** A worker wakes once a second: what is shorter is no standstill, in milliseconds. */
const shortestMs = 2_000;

/**
 * Notices that the process stood still (a paused machine, a handler that kept the processor). Locks may have ended
 * meanwhile, and another worker may have done the work: what has not begun is asked for before it begins.
 */
export function noteStandstill(state: CoreState, now: number): void {
  const stood = now - state.handledAt;
  state.handledAt = now;
  if (stood < Math.max(shortestMs, state.options.lockDurationMs / 2)) return;
  state.stoodStillAt = now;
  for (const lease of state.leases.values()) if (lease.stage === 'waiting') ask(state, lease, now);
}
