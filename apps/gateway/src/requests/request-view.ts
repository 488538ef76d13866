import { processKeys, type RequestView } from '@procos/contracts';
import type { EngineClient, HistoricActivity, HistoricInstance } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { failureOf } from '../instances/failure-view.ts';
import { incidentsOf, waitsOf } from '../instances/instance-view.ts';
import { openInstances } from '../instances/open-instances.ts';
import { endedInError, endEventOf, pathView } from '../instances/path-view.ts';
import type { ServedTopics } from '../services/served-topics.ts';
import { requestState } from './start-request.ts';

/** @throws PROCOS_GATEWAY_UNKNOWN_REQUEST when the id is no instance of the user request process */
export async function knownRequest(engine: EngineClient, id: string): Promise<HistoricInstance> {
  const instance = await engine.history.instance(id);
  if (instance?.processDefinitionKey !== processKeys.userRequest)
    throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_REQUEST({ id });
  return instance;
}

/** A request and the process it called, as they are now. */
export async function requestView(engine: EngineClient, id: string, servedTopics: ServedTopics): Promise<RequestView> {
  const request = await knownRequest(engine, id);
  const [requestPath, asked] = await Promise.all([engine.history.path(id), engine.history.variables(id)]);
  const error = await failureOf(engine, request, requestPath);
  const instanceId = calledInstance(requestPath);
  const called = instanceId === null ? { path: [], variables: undefined } : await calledView(engine, instanceId);
  const open =
    request.endTime === null
      ? await openInstances(engine, { id, processKey: processKeys.userRequest }, requestPath)
      : [];
  const { userTasks, obstacles } = await waitsOf(engine, open, servedTopics);
  const ends = [endEventOf(called.path), endEventOf(requestPath)] as const;
  const state = requestState(request);
  return {
    requestId: id,
    state,
    ok: state === 'COMPLETED' && error === null && !ends.some(endedInError),
    // A process can change every variable of its request, but not what it is itself.
    processKey: called.path[0]?.processDefinitionKey ?? processAskedFor(asked),
    instanceId,
    endEvent: ends[0] ?? ends[1],
    error,
    variables: called.variables ?? asked,
    path: pathView(called.path),
    requestPath: pathView(requestPath),
    incidents: await incidentsOf(engine, request, error),
    obstacles,
    userTasks,
  };
}

/** Until the request is routed, what the caller named. */
function processAskedFor(variables: Readonly<Record<string, unknown>>): string {
  const named = [variables['process_to_execute'], variables['process_key']].find((key) => typeof key === 'string');
  return named ?? '';
}

/** A call that was repeated counts with its last instance. */
function calledInstance(path: readonly HistoricActivity[]): string | null {
  return path.findLast((activity) => activity.calledProcessInstanceId !== null)?.calledProcessInstanceId ?? null;
}

async function calledView(engine: EngineClient, instanceId: string) {
  const [path, variables] = await Promise.all([engine.history.path(instanceId), engine.history.variables(instanceId)]);
  return { path, variables };
}
