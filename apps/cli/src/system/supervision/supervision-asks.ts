import type { Unit } from './supervised-unit.ts';
import type { SupervisionState } from './supervision-state.ts';
import type { Asker, SupervisionFault } from './supervision-messages.ts';

export function answerAll({ commands }: SupervisionState, askers: readonly Asker[], fault?: SupervisionFault): void {
  for (const asker of askers) commands.push({ kind: 'answer', asker, fault });
}

/** Answers those whose wish has come true. */
export function settleAsks(state: SupervisionState): void {
  for (const ask of state.asks) {
    const reached = ask.kind === 'start' ? 'up' : 'ended';
    for (const id of ask.ids) if ((state.units.get(id)?.phase ?? reached) === reached) ask.ids.delete(id);
    if (ask.ids.size > 0) continue;
    state.asks.delete(ask);
    answerAll(state, [ask.asker]);
  }
}

/** Whoever waits for the start of this unit hears why it did not. */
export function failAsks(state: SupervisionState, { recipe: { id } }: Unit, reason: string): void {
  endAsks(state, [id], reason);
}

export function endAsks(state: SupervisionState, ids: readonly string[], reason: string): void {
  for (const ask of state.asks) {
    const hit = ids.find((id) => ask.ids.has(id));
    if (ask.kind !== 'start' || hit === undefined) continue;
    state.asks.delete(ask);
    answerAll(state, [ask.asker], { id: hit, reason });
  }
}
