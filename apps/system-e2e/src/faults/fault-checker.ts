import type { EventCheck } from '@procos/testing';

/** An instance as the engine's history has it. */
export interface InstanceOutcome {
  readonly id: string;
  readonly state: string;
  readonly endTime: string | null;
  readonly hasIncident: boolean;
}

export interface CheckInput {
  /** Instances that were started. */
  readonly started: readonly string[];
  /** Those of them that had not ended when the fault happened. */
  readonly runningAtFault: readonly string[];
  readonly history: readonly InstanceOutcome[];
  /** Whether the fault may leave instances at an incident that a person must look at. @default false */
  readonly mayNeedPeople?: boolean;
  /** How what a consumer received compares with history, step by step. */
  readonly events: EventCheck;
}

export interface Verdict {
  /** Instances that have not ended, those at an incident among them unless the fault may lead to one, and events that history makes one expect and nobody received. */
  readonly lost: readonly string[];
  /** Events that nothing in history explains, that came with another id than before, or before what had led to them. */
  readonly unexpected: readonly string[];
  /** Events received more than once; their ids tell. */
  readonly duplicated: number;
  /** Instances that had not ended when the fault happened, and came to their end all the same. */
  readonly recovered: number;
}

/** Says what a fault has cost. */
export function judgeFault({ started, runningAtFault, history, events, mayNeedPeople = false }: CheckInput): Verdict {
  const outcomes = new Map(history.map((outcome) => [outcome.id, outcome]));
  const isOver = (id: string) => {
    const outcome = outcomes.get(id);
    return isSettled(outcome) && (mayNeedPeople || outcome?.hasIncident !== true);
  };
  const stuck = started.filter((id) => !isOver(id));
  return {
    lost: [...stuck.map((id) => `instance ${id} (${standing(outcomes.get(id))})`), ...events.lost],
    unexpected: [
      ...events.unexpected,
      ...events.unstable.map((name) => `${name} with another id`),
      ...events.outOfOrder,
    ],
    duplicated: events.duplicated,
    recovered: runningAtFault.filter(isOver).length,
  };
}

function standing(outcome: InstanceOutcome | undefined): string {
  if (outcome === undefined) return 'unknown to history';
  return outcome.hasIncident ? `${outcome.state} at an incident` : outcome.state;
}

/** True when an instance has ended, or stands at an incident that a person can see. */
export function isSettled(outcome: InstanceOutcome | undefined): boolean {
  return outcome !== undefined && (outcome.endTime !== null || outcome.hasIncident);
}

/** `lost 0, unexpected 0, duplicated 2, recovered 187` */
export function renderVerdict({ lost, unexpected, duplicated, recovered }: Verdict): string {
  return `lost ${lost.length}, unexpected ${unexpected.length}, duplicated ${duplicated}, recovered ${recovered}`;
}
