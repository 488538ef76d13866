import type { Arrow } from './scope-graph.ts';

/** A street between two columns (or rows) of steps: its number is that of the column (row) before it, the first is -1. */
export interface Lane {
  readonly street: number;
  /** Which of the parallel lanes of the street, from 0. */
  readonly lane: number;
}

/**
 * The way of an arrow through the grid. It uses streets only, or rows that are free, so it never runs through a step;
 * each has lanes of its own, so two arrows never lie on each other.
 */
export interface Route {
  readonly arrow: Arrow;
  /** Up or down beside the source. Undefined: not needed, or it leaves a boundary event downwards. */
  readonly exit: Lane | undefined;
  /** Left or right between two rows. Undefined: it runs along a row. */
  readonly across: Lane | undefined;
  /** Up or down beside the target. */
  readonly entry: Lane | undefined;
}
