import type { Restart, SupervisionState } from './supervision-state.ts';
import { close, isEnding, type Unit } from './supervised-unit.ts';
import { answerAll } from './supervision-asks.ts';
import type { SupervisionEvent } from './supervision-messages.ts';

/** Whoever wants a restart that is under way waits for that one. */
export function joinRestart(
  state: SupervisionState,
  { app, ids, asker }: Extract<SupervisionEvent, { kind: 'restart' }>,
  now: number,
): void {
  const ending = ids.map((id) => state.units.get(id)).find((unit) => unit === undefined || isEnding(unit));
  if (ids.length === 0 || ending !== undefined)
    return answerAll(state, [asker], { id: ending?.recipe.id ?? app, reason: 'the system is stopping' });
  const restart = state.restarts.get(app) ?? { ids: [], queue: [], current: undefined, asks: [] };
  restart.asks.push(asker);
  for (const id of ids) {
    if (restart.ids.includes(id)) continue;
    restart.ids.push(id);
    restart.queue.push(id);
  }
  state.restarts.set(app, restart);
  if (restart.current === undefined) nextCopy(state, app, restart, now);
}

/** A copy is up: the next one's turn, when it is one that was waited for. */
export function stepRestart(state: SupervisionState, { recipe: { id, app } }: Unit, now: number): void {
  const restart = state.restarts.get(app);
  if (restart?.current === id) nextCopy(state, app, restart, now);
}

function nextCopy(state: SupervisionState, app: string, restart: Restart, now: number): void {
  restart.current = restart.queue.shift();
  const unit = state.units.get(restart.current ?? '');
  if (unit !== undefined) return close(unit, 'open', now, state.commands);
  state.restarts.delete(app);
  answerAll(state, restart.asks);
}

/** A copy that does not come up again ends the restart: the copies that work are left alone. It itself is tried again. */
export function failRestart(state: SupervisionState, { recipe: { id, app } }: Unit, reason: string): void {
  const restart = state.restarts.get(app);
  if (restart?.current !== id) return;
  state.restarts.delete(app);
  answerAll(state, restart.asks, { id, reason });
}
