import type { ObstacleView } from '@procos/contracts';
import type { EngineClient, OpenExternalTask } from '@procos/engine-client';
import type { ProcosError } from '@procos/errors';
import type { OpenInstance } from '../instances/open-instances.ts';
import type { ServedTopics } from '../services/served-topics.ts';
import { obstacleErrors } from './errors.ts';

/**
 * What running instances wait for although nothing has failed. A task counts only while nobody has taken it, and only
 * where services report which topics they serve: a worker that is not registered may still come for it.
 *
 * @param open an instance and those that it has called
 * @param tasks the external tasks of all of them
 */
export async function obstaclesOf(
  engine: EngineClient,
  open: readonly OpenInstance[],
  tasks: readonly OpenExternalTask[],
  servedTopics: ServedTopics,
): Promise<ObstacleView[]> {
  const processInstanceIds = open.map(({ id }) => id);
  const suspended = await engine.history.instances({ processInstanceIds, suspended: true });
  const stopped = new Set(suspended.map(({ id }) => id));
  const waiting = tasks.filter((task) => isUntaken(task) && !stopped.has(task.processInstanceId));
  const served = waiting.length === 0 ? new Set<string>() : await servedTopics();
  const unserved = served.size === 0 ? [] : waiting.filter(({ topicName }) => !served.has(topicName));
  return [
    ...open.filter(({ id }) => stopped.has(id)).map(suspendedView),
    ...unserved.flatMap((task) => open.filter(({ id }) => id === task.processInstanceId).map(unservedView(task))),
  ];
}

function isUntaken({ workerId, retries }: OpenExternalTask): boolean {
  return workerId === null && retries !== 0;
}

function suspendedView(instance: OpenInstance): ObstacleView {
  const { id, processKey, standsAt } = instance;
  const activityId = standsAt.at(-1)?.activityId ?? '';
  const element = activityId === '' ? 'its next element' : activityId;
  return view(
    instance,
    activityId,
    obstacleErrors.PROCOS_OBSTACLE_SUSPENDED({ element, resume: resuming(processKey), end: ending(id) }),
  );
}

const unservedView =
  ({ topicName: topic, activityId }: OpenExternalTask) =>
  (instance: OpenInstance): ObstacleView =>
    view(
      instance,
      activityId,
      obstacleErrors.PROCOS_OBSTACLE_NO_WORKER({ topic, element: activityId, end: ending(instance.id) }),
    );

const ending = (id: string): string => `DELETE /v1/instances/${id}`;
const resuming = (processKey: string): string => `POST /v1/process-definitions/${processKey}/resume {"instances":true}`;

function view(
  { id, processKey, callers }: OpenInstance,
  activityId: string,
  { code, message, remedy }: ProcosError,
): ObstacleView {
  return {
    code,
    message,
    details: null,
    remedy,
    processKey,
    activityId,
    callers: [...callers],
    instanceId: id,
  };
}
