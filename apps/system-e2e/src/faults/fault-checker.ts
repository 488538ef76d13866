/** An instance as the engine's history has it. */
export interface InstanceOutcome {
  readonly id: string;
  readonly state: string;
  readonly endTime: string | null;
  readonly hasIncident: boolean;
}

/** An event about an instance, in the order in which a consumer received it. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly instanceId: string;
}

export interface CheckInput {
  readonly processKey: string;
  /** Instances that were started. */
  readonly started: readonly string[];
  /** Those of them that had not ended when the fault happened. */
  readonly runningAtFault: readonly string[];
  readonly history: readonly InstanceOutcome[];
  readonly events: readonly ReceivedEvent[];
}

export interface Verdict {
  /** Instances that neither ended nor stand at an incident, and events that history makes one expect and nobody received. */
  readonly lost: readonly string[];
  /** Events that nothing in history explains, and events of one instance in the wrong order. */
  readonly unexpected: readonly string[];
  /** Events received more than once; their ids tell. */
  readonly duplicated: number;
  /** Instances that had not ended when the fault happened, and came to their end all the same. */
  readonly recovered: number;
}

const endings: Readonly<Record<string, string>> = { COMPLETED: 'completed', EXTERNALLY_TERMINATED: 'terminated', INTERNALLY_TERMINATED: 'failed' };

/** Compares what the engine's history says with what a consumer of events has received. */
export function checkFault({ processKey, started, runningAtFault, history, events }: CheckInput): Verdict {
  const outcomes = new Map(history.map((outcome) => [outcome.id, outcome]));
  const distinct = [...new Map(events.map((event) => [event.id, event])).values()];
  const expected = expectedEvents(processKey, history);
  const received = new Set(distinct.map(nameOf));
  const stuck = started.filter((id) => !isSettled(outcomes.get(id)));
  return {
    lost: [...stuck.map((id) => `instance ${id} (${outcomes.get(id)?.state ?? 'unknown to history'})`), ...[...expected].filter((name) => !received.has(name))],
    unexpected: [...distinct.map(nameOf).filter((name) => !expected.has(name)), ...outOfOrder(processKey, distinct)],
    duplicated: events.length - distinct.length,
    recovered: runningAtFault.filter((id) => isSettled(outcomes.get(id))).length,
  };
}

/** True when an instance has ended, or stands at an incident that a person can see. */
export function isSettled(outcome: InstanceOutcome | undefined): boolean {
  return outcome !== undefined && (outcome.endTime !== null || outcome.hasIncident);
}

/** `lost 0, unexpected 0, duplicated 2, recovered 187` */
export function tellVerdict({ lost, unexpected, duplicated, recovered }: Verdict): string {
  return `lost ${lost.length}, unexpected ${unexpected.length}, duplicated ${duplicated}, recovered ${recovered}`;
}

const nameOf = ({ type, instanceId }: ReceivedEvent) => `${type} of ${instanceId}`;

function expectedEvents(processKey: string, history: readonly InstanceOutcome[]): Set<string> {
  return new Set(
    history.flatMap(({ id, state, endTime }) => {
      const ending = endTime === null ? undefined : endings[state];
      return ['started', ...(ending === undefined ? [] : [ending])].map((outcome) => `process.${processKey}.${outcome} of ${id}`);
    }),
  );
}

/** Instances whose end was told before their start. */
function outOfOrder(processKey: string, events: readonly ReceivedEvent[]): readonly string[] {
  const seen = new Set<string>();
  return events.flatMap(({ type, instanceId }) => {
    const isStart = type === `process.${processKey}.started`;
    if (isStart) seen.add(instanceId);
    return isStart || seen.has(instanceId) ? [] : [`${type} of ${instanceId} before its start`];
  });
}
