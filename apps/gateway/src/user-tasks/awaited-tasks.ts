import type { AwaitedTask } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { formView } from '../forms/form-view.ts';
import { formsOf } from '../forms/forms-of.ts';
import type { OpenInstance } from '../instances/open-instances.ts';

/**
 * The people for whom instances wait.
 *
 * @param open an instance and those that it has called: where none of them stands at a user task, nothing is asked of the engine
 */
export async function awaitedTasks(engine: EngineClient, open: readonly OpenInstance[]): Promise<AwaitedTask[]> {
  const awaiting = open.filter(({ standsAt }) => standsAt.some(({ activityType }) => activityType === 'userTask'));
  return (await Promise.all(awaiting.map(({ id }) => tasksOf(engine, id)))).flat();
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
