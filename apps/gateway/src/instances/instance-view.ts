import type { InstanceSummary, InstanceView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type HistoricInstance } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { plain } from '../incidents/engine-sentences.ts';
import { incidentsBehind } from '../incidents/incident-view.ts';
import { awaitedTasks } from '../user-tasks/awaited-tasks.ts';
import { failureOf } from './failure-view.ts';
import { mayHaveFailed } from './failed-instances.ts';
import { instanceState } from './instance-state.ts';
import { endedInError, endEventOf, pathView } from './path-view.ts';

/** One instance as lists show it. @param failed its end was an error, which its own row does not tell */
export function instanceSummary(instance: HistoricInstance, failed: boolean): InstanceSummary {
  return {
    id: instance.id,
    processKey: instance.processDefinitionKey,
    version: instance.processDefinitionVersion,
    businessKey: instance.businessKey,
    state: failed ? 'FAILED' : instanceState(instance),
    startTime: fromEngineTime(instance.startTime),
    endTime: instance.endTime === null ? null : fromEngineTime(instance.endTime),
    durationMs: instance.durationInMillis,
    parentId: instance.superProcessInstanceId,
  };
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
  const endEvent = endEventOf(path);
  return {
    ...instanceSummary(instance, mayHaveFailed(instance) && endedInError(endEvent)),
    endEvent,
    error: await failureOf(engine, instance, path),
    variables,
    path: pathView(path),
    incidents,
    openTasks: tasks.map(({ topicName, activityId, workerId, retries, errorMessage }) => ({
      topic: topicName,
      activityId,
      workerId,
      retries,
      errorMessage: errorMessage === null ? null : plain(errorMessage),
    })),
    userTasks: running ? await awaitedTasks(engine, id, path) : [],
  };
}
