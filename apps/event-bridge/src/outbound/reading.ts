import type { HistoryEvent } from './history-event.ts';

export interface Reading {
  /** In no order; all events before `completeUntil`, and perhaps some later ones. */
  readonly events: readonly HistoryEvent[];
  /** Milliseconds; `Infinity` when everything was read. */
  readonly completeUntil: number;
}
