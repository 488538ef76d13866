import type { AwaitedTask } from '@procos/contracts';
import type { EngineClient, HistoricActivity } from '@procos/engine-client';
import { formView } from '../forms/form-view.ts';
import { formsOf } from '../forms/forms-of.ts';

/** Calls within calls are followed this deep: further down, the list of all tasks has them. */
const deepest = 10;

/**
 * The people for whom an instance waits, those for whom the processes wait that it has called included.
 *
 * @param path what the token of the instance has passed: while nothing in it is open, nothing is asked of the engine
 */
export async function awaitedTasks(
  engine: EngineClient,
  instanceId: string,
  path: readonly HistoricActivity[],
  depth = 0,
): Promise<AwaitedTask[]> {
  const open = path.filter(({ endTime }) => endTime === null);
  const own = open.some(({ activityType }) => activityType === 'userTask') ? await tasksOf(engine, instanceId) : [];
  const called = depth === deepest ? [] : open.flatMap(({ calledProcessInstanceId: id }) => (id === null ? [] : [id]));
  const below = await Promise.all(
    called.map(async (id) => awaitedTasks(engine, id, await engine.history.path(id), depth + 1)),
  );
  return [...own, ...below.flat()];
}

async function tasksOf(engine: EngineClient, processInstanceId: string): Promise<AwaitedTask[]> {
  const tasks = await engine.userTasks.list({ processInstanceId, maxResults: 50 });
  return Promise.all(
    tasks.map(async ({ id, name, taskDefinitionKey: activityId, assignee, processDefinitionId }) => {
      const forms = processDefinitionId === null ? undefined : await formsOf(engine, processDefinitionId);
      return {
        id,
        name,
        activityId,
        instanceId: processInstanceId,
        assignee,
        form: formView(forms?.tasks.get(activityId) ?? { fields: [] }),
      };
    }),
  );
}
