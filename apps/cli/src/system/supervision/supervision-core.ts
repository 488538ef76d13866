import { answerAll, endAsks, failAsks, settleAsks } from './supervision-asks.ts';
import { failRestart, joinRestart, stepRestart } from './rolling-restart.ts';
import {
  close,
  endAtOnce,
  isAlive,
  isEnding,
  newUnit,
  open,
  rest,
  startLoaded,
  type Unit,
  want,
} from './supervised-unit.ts';
import type { SupervisionCommand, SupervisionEvent, UnitRecipe } from './supervision-messages.ts';
import type { SupervisionState } from './supervision-state.ts';

const stopping = 'the system is stopping';

export interface SupervisionCore {
  /** Takes in what happened and tells what to do. @param now milliseconds of a clock that never goes back */
  handle(event: SupervisionEvent, now: number): readonly SupervisionCommand[];
}

/**
 * All decisions about what runs: what to open, start, stop, kill and open again, and whom to answer. It does nothing by
 * itself: events go in, commands come out, so that a run can be repeated exactly. Of a unit there is never a second life
 * before the first one has ended.
 */
export function createSupervisionCore(recipes: readonly UnitRecipe[]): SupervisionCore {
  const state: SupervisionState = {
    units: new Map(recipes.map((recipe) => [recipe.id, newUnit(recipe)])),
    asks: new Set(),
    restarts: new Map(),
    commands: [],
  };
  return {
    handle: (event, now) => {
      state.commands = [];
      takeIn(state, event, now);
      carryOn(state, now);
      return state.commands;
    },
  };
}

function takeIn(state: SupervisionState, event: SupervisionEvent, now: number): void {
  switch (event.kind) {
    case 'load':
      for (const unit of state.units.values()) if (unit.phase === 'idle') open(unit, now, state.commands);
      return;
    case 'start':
      return onStart(state, event, now);
    case 'restart':
      return joinRestart(state, event, now);
    case 'stop':
      endRestartsOf(state, event.ids);
      state.asks.add({ kind: 'stop', asker: event.asker, ids: new Set(event.ids) });
      return unitsOf(state, event.ids).forEach((unit) => close(unit, 'ended', now, state.commands, event.signal));
    case 'killAll':
      endRestartsOf(state, [...state.units.keys()]);
      state.asks.add({ kind: 'stop', asker: event.asker, ids: new Set(state.units.keys()) });
      return state.units.forEach((unit) => endAtOnce(unit, event.signal, now, state.commands));
    case 'timer':
      return;
    default: {
      const unit = state.units.get(event.id);
      if (unit !== undefined && unit.child === event.child) onUnit(state, unit, event, now);
    }
  }
}

function onStart(
  state: SupervisionState,
  { asker, ids }: Extract<SupervisionEvent, { kind: 'start' }>,
  now: number,
): void {
  const units = unitsOf(state, ids);
  const ending = units.find(isEnding);
  if (ending !== undefined) return answerAll(state, [asker], { id: ending.recipe.id, reason: stopping });
  state.asks.add({ kind: 'start', asker, ids: new Set(ids) });
  for (const unit of units) want(unit, now, state.commands);
}

type UnitEvent = Extract<SupervisionEvent, { readonly child: number }>;

function onUnit(state: SupervisionState, unit: Unit, event: UnitEvent, now: number): void {
  const { id } = unit.recipe;
  switch (event.kind) {
    case 'loaded':
      if (unit.phase === 'loading') unit.phase = 'loaded';
      if (unit.phase === 'loaded' && unit.isWanted) startLoaded(unit, state.commands);
      return;
    case 'started':
      if (unit.phase === 'starting') onUp(state, unit, now);
      return;
    case 'failed':
      if (!isAlive(unit)) return;
      // One that lives and can neither start nor stop is ended; its end comes back as an event.
      state.commands.push({ kind: 'kill', id });
      if (unit.phase === 'stopping') return;
      if (unit.isRevived) report(state, unit, 'error', 'restart_failed', { error: event.reason });
      unit.failure = event.reason;
      failAsks(state, unit, event.reason);
      return failRestart(state, unit, event.reason);
    case 'prepared':
      if (unit.phase === 'resting') unit.isPrepared = true;
      return;
    case 'ended':
      return onEnded(state, unit, event.reason, now);
  }
}

function onUp(state: SupervisionState, unit: Unit, now: number): void {
  unit.phase = 'up';
  if (unit.isRevived) report(state, unit, 'info', 'restarted', {});
  unit.isRevived = false;
  stepRestart(state, unit, now);
}

function onEnded(state: SupervisionState, unit: Unit, given: string, now: number): void {
  if (!isAlive(unit)) return;
  const reason = unit.failure ?? given;
  if (unit.phase === 'stopping' && unit.next === 'open') {
    unit.isWanted = true;
    unit.isRevived = false;
    return open(unit, now, state.commands);
  }
  if (unit.phase === 'stopping') {
    unit.phase = 'ended';
    return;
  }
  report(state, unit, 'error', 'crashed', { error: reason });
  const pause = rest(unit, now, state.commands);
  report(state, unit, 'warn', 'restarting', { in_ms: pause });
  failAsks(state, unit, reason);
  failRestart(state, unit, reason);
}

/** What is due is done after each event, so that no order of events leaves anything behind. */
function carryOn(state: SupervisionState, now: number): void {
  const times: number[] = [];
  for (const unit of state.units.values()) {
    if (unit.phase === 'resting' && unit.isPrepared && unit.reviveAt <= now) open(unit, now, state.commands);
    if (unit.phase === 'resting' && unit.isPrepared) times.push(unit.reviveAt);
    if (unit.phase !== 'stopping') continue;
    if (unit.killAt <= now) {
      unit.killAt = Number.POSITIVE_INFINITY;
      state.commands.push({ kind: 'kill', id: unit.recipe.id });
    } else if (Number.isFinite(unit.killAt)) times.push(unit.killAt);
  }
  settleAsks(state);
  if (times.length > 0) state.commands.push({ kind: 'wake', at: Math.min(...times) });
}

const unitsOf = ({ units }: SupervisionState, ids: readonly string[]): readonly Unit[] =>
  ids.flatMap((id) => units.get(id) ?? []);

/** Whoever waits for the start or restart of something that ends for good hears so. */
function endRestartsOf(state: SupervisionState, ids: readonly string[]): void {
  for (const [app, { asks, ids: wanted }] of state.restarts) {
    const hit = wanted.find((id) => ids.includes(id));
    if (hit === undefined) continue;
    state.restarts.delete(app);
    answerAll(state, asks, { id: hit, reason: stopping });
  }
  endAsks(state, ids, stopping);
}

function report(
  { commands }: SupervisionState,
  { recipe: { id, kind } }: Unit,
  level: 'info' | 'warn' | 'error',
  event: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  commands.push({ kind: 'report', level, event: `${kind}_${event}`, id, fields });
}
