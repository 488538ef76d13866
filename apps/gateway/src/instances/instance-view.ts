import type { FailureView, IncidentView, InstanceSummary, InstanceView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type HistoricInstance, type OpenExternalTask } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { plain } from '../incidents/plain-sentence.ts';
import { openIncidents, pastIncidents } from '../incidents/incident-source.ts';
import { incidentsBehind } from '../incidents/incident-view.ts';
import { obstaclesOf } from '../incidents/obstacles.ts';
import type { ServedTopics } from '../services/served-topics.ts';
import { awaitedTasks } from '../user-tasks/awaited-tasks.ts';
import { failureOf } from './failure-view.ts';
import { failuresOf } from './failures-of.ts';
import { instanceState } from './instance-state.ts';
import { type OpenInstance, openInstances } from './open-instances.ts';
import { endEventOf, pathView } from './path-view.ts';

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
export async function instanceView(
  engine: EngineClient,
  id: string,
  servedTopics: ServedTopics,
): Promise<InstanceView> {
  const instance = await knownInstance(engine, id);
  const running = instance.endTime === null;
  const [path, variables] = await Promise.all([engine.history.path(id), engine.history.variables(id)]);
  const error = await failureOf(engine, instance, path);
  const endEvent = endEventOf(path);
  const open = running ? await openInstances(engine, { id, processKey: instance.processDefinitionKey }, path) : [];
  const { tasks, userTasks, obstacles } = await waitsOf(engine, open, servedTopics);
  return {
    ...instanceSummary(instance, (await failuresOf(engine).among([instance])).has(id)),
    endEvent,
    error,
    variables,
    path: pathView(path),
    incidents: await incidentsOf(engine, instance, error),
    obstacles,
    openTasks: tasks.filter(({ processInstanceId }) => processInstanceId === id).map(openTaskView),
    userTasks,
  };
}

/** What stops it; of an instance that has ended without success, what stopped it until then. */
export async function incidentsOf(
  engine: EngineClient,
  { id, endTime }: HistoricInstance,
  error: FailureView | null,
): Promise<IncidentView[]> {
  if (endTime === null) return incidentsBehind(engine, openIncidents(engine), id);
  return error === null ? [] : incidentsBehind(engine, pastIncidents(engine), id);
}

interface Waits extends Pick<InstanceView, 'userTasks' | 'obstacles'> {
  readonly tasks: readonly OpenExternalTask[];
}

/** What running instances wait for: workers, people, and whatever keeps them from going on. */
export async function waitsOf(
  engine: EngineClient,
  open: readonly OpenInstance[],
  servedTopics: ServedTopics,
): Promise<Waits> {
  if (open.length === 0) return { tasks: [], userTasks: [], obstacles: [] };
  const [tasks, userTasks] = await Promise.all([
    engine.externalTasks.listOf(open.map(({ id }) => id)),
    awaitedTasks(engine, open),
  ]);
  return { tasks, userTasks, obstacles: await obstaclesOf(engine, open, tasks, servedTopics) };
}

function openTaskView({
  topicName,
  activityId,
  workerId,
  retries,
  errorMessage,
}: OpenExternalTask): InstanceView['openTasks'][number] {
  return {
    topic: topicName,
    activityId,
    workerId,
    retries,
    errorMessage: errorMessage === null ? null : plain(errorMessage),
  };
}
