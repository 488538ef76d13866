import type { InstanceSummary, InstanceView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type HistoricInstance } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { incidentsBehind } from '../incidents/incident-view.ts';
import { instanceState, stateFilter } from './instance-state.ts';
import { endEventOf, pathView } from './path-view.ts';

/** One instance as lists show it. */
export function instanceSummary(instance: HistoricInstance): InstanceSummary {
  return {
    id: instance.id,
    processKey: instance.processDefinitionKey,
    version: instance.processDefinitionVersion,
    businessKey: instance.businessKey,
    state: instanceState(instance),
    startTime: fromEngineTime(instance.startTime),
    endTime: instance.endTime === null ? null : fromEngineTime(instance.endTime),
    durationMs: instance.durationInMillis,
    parentId: instance.superProcessInstanceId,
  };
}

export interface InstanceFilter {
  readonly process?: string | undefined;
  readonly state?: InstanceSummary['state'] | undefined;
  readonly businessKey?: string | undefined;
  readonly limit: number;
}

/** Instances that match every part of the filter, newest first. */
export async function listInstances(engine: EngineClient, filter: InstanceFilter): Promise<InstanceSummary[]> {
  const { process, state, businessKey, limit } = filter;
  const found = await engine.history.instances(
    {
      ...(process === undefined ? {} : { processDefinitionKey: process }),
      ...(businessKey === undefined ? {} : { processInstanceBusinessKey: businessKey }),
      ...(state === undefined ? {} : stateFilter(state)),
    },
    { maxResults: limit },
  );
  return found.map(instanceSummary);
}

/** @throws PROCOS_GATEWAY_UNKNOWN_INSTANCE */
export async function knownInstance(engine: EngineClient, id: string): Promise<HistoricInstance> {
  const instance = await engine.history.instance(id);
  if (instance === undefined) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_INSTANCE({ id });
  return instance;
}

/** Everything about one instance. */
export async function instanceView(engine: EngineClient, id: string): Promise<InstanceView> {
  const instance = await knownInstance(engine, id);
  const running = instance.endTime === null;
  const [path, variables, incidents, tasks] = await Promise.all([
    engine.history.path(id),
    engine.history.variables(id),
    running ? incidentsBehind(engine, id) : [],
    running ? engine.externalTasks.list({ processInstanceId: id }) : [],
  ]);
  return {
    ...instanceSummary(instance),
    endEvent: endEventOf(path),
    variables,
    path: pathView(path),
    incidents,
    openTasks: tasks.map(({ topicName, activityId, workerId, retries, errorMessage }) => ({
      topic: topicName,
      activityId,
      workerId,
      retries,
      errorMessage,
    })),
  };
}
