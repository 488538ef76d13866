import { growingWait } from '@procos/errors';
import type { SupervisionCommand, UnitRecipe } from './supervision-messages.ts';

/**
 * Life of a unit. `loading` and `loaded`: alive, not started. `stopping`: told to end. `resting`: it has ended by itself
 * and is opened again in a moment. `ended`: nothing of it lives, and nobody wants it.
 */
export type UnitPhase = 'idle' | 'loading' | 'loaded' | 'starting' | 'up' | 'stopping' | 'resting' | 'ended';

export interface Unit {
  readonly recipe: UnitRecipe;
  phase: UnitPhase;
  /** Number of its present life, or of its last one. */
  child: number;
  /** It is to be started as soon as it is loaded. */
  isWanted: boolean;
  openedAt: number;
  /** It crashed before it was opened: its next start is told. */
  isRevived: boolean;
  /** What follows the end of one that is stopping. */
  next: 'open' | 'ended';
  /** When one that is stopping is killed. */
  killAt: number;
  /** Pauses in a row, each after a crash. */
  pauses: number;
  reviveAt: number;
  isPrepared: boolean;
  /** What it said of why it cannot go on; its end says less. */
  failure: string | undefined;
}

/** Pause before a crashed unit is opened again, in milliseconds: doubles while it keeps crashing. */
const pause = { first: 250, longest: 30_000 };
/** A unit that ran this long is taken for well again, in milliseconds. */
const settledAfter = 60_000;
/** Time for a unit that is to end at once to end what it has started itself, in milliseconds. */
const lastWordsMs = 100;

export function newUnit(recipe: UnitRecipe): Unit {
  return {
    recipe,
    phase: 'idle',
    child: 0,
    isWanted: false,
    openedAt: 0,
    isRevived: false,
    next: 'ended',
    killAt: 0,
    pauses: 0,
    reviveAt: 0,
    isPrepared: true,
    failure: undefined,
  };
}

/** True while a process or thread of it may live. */
export const isAlive = ({ phase }: Unit) => phase !== 'idle' && phase !== 'resting' && phase !== 'ended';

export function open(unit: Unit, now: number, commands: SupervisionCommand[]): void {
  unit.phase = 'loading';
  unit.child += 1;
  unit.openedAt = now;
  unit.failure = undefined;
  commands.push({ kind: 'open', id: unit.recipe.id, child: unit.child });
}

/** Told to end for good, or ended: nobody brings it back. */
export const isEnding = ({ phase, next }: Unit) => phase === 'ended' || (phase === 'stopping' && next === 'ended');

/** Wants it up: opens it when nothing of it lives, starts it when it is loaded. */
export function want(unit: Unit, now: number, commands: SupervisionCommand[]): void {
  unit.isWanted = true;
  if (unit.phase === 'idle') return open(unit, now, commands);
  if (unit.phase === 'loaded') startLoaded(unit, commands);
}

export function startLoaded(unit: Unit, commands: SupervisionCommand[]): void {
  unit.phase = 'starting';
  commands.push({ kind: 'sendStart', id: unit.recipe.id });
}

/** Asks it to end in good order. @param next what follows */
export function close(
  unit: Unit,
  next: Unit['next'],
  now: number,
  commands: SupervisionCommand[],
  signal?: string,
): void {
  const { id, graceMs } = unit.recipe;
  if (next === 'ended') unit.isWanted = false;
  if (unit.phase === 'stopping') {
    // An end for good outweighs a restart, and never the other way round.
    if (next === 'ended') unit.next = next;
    return;
  }
  unit.next = next;
  if (isAlive(unit)) {
    unit.phase = 'stopping';
    unit.killAt = now + graceMs;
    commands.push({ kind: 'sendStop', id, signal });
  } else if (next === 'ended') {
    unit.phase = 'ended';
  } else {
    unit.isWanted = true;
    if (unit.phase === 'resting') unit.reviveAt = now;
    else open(unit, now, commands);
  }
}

/** Ends it at once, whatever it is doing. */
export function endAtOnce(unit: Unit, signal: string, now: number, commands: SupervisionCommand[]): void {
  unit.isWanted = false;
  unit.next = 'ended';
  if (!isAlive(unit)) {
    unit.phase = 'ended';
    return;
  }
  unit.phase = 'stopping';
  unit.killAt = now + lastWordsMs;
  commands.push({ kind: 'sendKill', id: unit.recipe.id, signal });
}

/** It has ended though it was wanted. @returns the pause before it is opened again */
export function rest(unit: Unit, now: number, commands: SupervisionCommand[]): number {
  const wasWell = now - unit.openedAt > settledAfter;
  unit.pauses = wasWell ? 1 : unit.pauses + 1;
  const pauseMs = growingWait(pause, unit.pauses);
  unit.phase = 'resting';
  unit.isRevived = true;
  unit.reviveAt = now + pauseMs;
  unit.isPrepared = false;
  commands.push({ kind: 'prepare', id: unit.recipe.id, child: unit.child });
  return pauseMs;
}
