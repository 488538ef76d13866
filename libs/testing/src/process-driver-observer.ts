import type { EngineClient, HistoricInstance, Incident, Job } from '@procos/engine-client';
import { eventually } from './eventually.ts';

/** Tells what has become of an instance, from the engine's own history. */
export interface Observer {
  /** Waits until the instance has ended and tells how. */
  ended(processInstanceId: string): Promise<EndedInstance>;
  state(processInstanceId: string): Promise<HistoricInstance['state']>;
  businessKey(processInstanceId: string): Promise<string | null>;
  /** Ids of the elements the token passed, oldest first. */
  path(processInstanceId: string): Promise<readonly string[]>;
  variables(processInstanceId: string): Promise<Record<string, unknown>>;
  incidents(processInstanceId: string): Promise<readonly Incident[]>;
  /** Timers the instance waits for. */
  timers(processInstanceId: string): Promise<readonly Job[]>;
  /** Waits until a call activity has called. @returns ids of all instances it called, oldest first */
  calledInstances(processInstanceId: string, activityId: string): Promise<readonly string[]>;
}

export interface EndedInstance {
  readonly state: HistoricInstance['state'];
  readonly path: readonly string[];
  /** The last end event that was reached. */
  readonly endEvent: string | undefined;
  /** True when that was an error end event: a modelled failure. */
  readonly failed: boolean;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function observer({ history, runtime }: EngineClient): Observer {
  const describeEnd = async ({ id, state }: HistoricInstance): Promise<EndedInstance> => {
    const [activities, variables] = await Promise.all([history.path(id), history.variables(id)]);
    const endEvent = activities.findLast(({ activityType }) => activityType.endsWith('EndEvent'));
    const path = activities.map(({ activityId }) => activityId);
    return {
      state,
      path,
      endEvent: endEvent?.activityId,
      failed: endEvent?.activityType === 'errorEndEvent',
      variables,
    };
  };
  const known = async (id: string): Promise<HistoricInstance> => {
    const instance = await history.instance(id);
    if (instance === undefined) throw new Error(`The engine knows no instance ${id}`);
    return instance;
  };
  return {
    ended: (id) =>
      eventually(`end of instance ${id}`, async () => {
        const instance = await history.instance(id);
        return instance === undefined || instance.endTime === null ? undefined : describeEnd(instance);
      }),
    state: async (id) => (await known(id)).state,
    businessKey: async (id) => (await known(id)).businessKey,
    path: async (id) => (await history.path(id)).map(({ activityId }) => activityId),
    variables: (id) => history.variables(id),
    incidents: (id) => runtime.incidents({ processInstanceId: id }),
    timers: (processInstanceId) => runtime.jobs({ processInstanceId, timers: true }),
    calledInstances: (processInstanceId, activityId) =>
      eventually(`call of ${activityId} in instance ${processInstanceId}`, async () => {
        const called = (await history.path(processInstanceId))
          .filter((activity) => activity.activityId === activityId)
          .flatMap(({ calledProcessInstanceId }) => calledProcessInstanceId ?? []);
        return called.length === 0 ? undefined : called;
      }),
  };
}
