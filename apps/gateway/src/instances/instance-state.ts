import type { InstanceState } from '@procos/contracts';
import type { HistoricInstance, InstanceSelection } from '@procos/engine-client';

const states = {
  ACTIVE: 'RUNNING',
  SUSPENDED: 'SUSPENDED',
  COMPLETED: 'COMPLETED',
  EXTERNALLY_TERMINATED: 'TERMINATED',
  INTERNALLY_TERMINATED: 'TERMINATED',
} as const satisfies Record<HistoricInstance['state'], Exclude<InstanceState, 'FAILED'>>;

/** The state of an instance in the words of the API, as its own row tells it: whether it failed, its end event says. */
export function instanceState(instance: HistoricInstance): Exclude<InstanceState, 'FAILED'> {
  return states[instance.state];
}

/** The filter of the engine's history that finds instances of a state. */
export function stateFilter(state: Exclude<InstanceState, 'FAILED'>): InstanceSelection {
  const filters = {
    RUNNING: { active: true },
    SUSPENDED: { suspended: true },
    COMPLETED: { completed: true },
    TERMINATED: { orQueries: [{ externallyTerminated: true, internallyTerminated: true }] },
  } as const satisfies Record<Exclude<InstanceState, 'FAILED'>, object>;
  return filters[state];
}
