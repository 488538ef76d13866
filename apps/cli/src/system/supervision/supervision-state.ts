import type { Unit } from './supervised-unit.ts';
import type { Asker, SupervisionCommand } from './supervision-messages.ts';

/** Somebody waits until some units are up, or have ended for good. */
export interface Ask {
  readonly kind: 'start' | 'stop';
  readonly asker: Asker;
  /** Those that are waited for still. */
  readonly ids: Set<string>;
}

/** The restart of an app: one copy after the other, so that the others work on. */
export interface Restart {
  /** Every copy that belongs to it, those that are done too. */
  readonly ids: string[];
  /** Those whose turn comes. */
  readonly queue: string[];
  current: string | undefined;
  readonly asks: Asker[];
}

/** What all decisions are made from. */
export interface SupervisionState {
  readonly units: ReadonlyMap<string, Unit>;
  readonly asks: Set<Ask>;
  /** By app: several wishes to restart one app are one restart. */
  readonly restarts: Map<string, Restart>;
  commands: SupervisionCommand[];
}
