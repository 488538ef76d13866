import type { UserTaskView } from '@procos/contracts';
import { type EngineClient, EngineRequestError, fromEngineTime, type UserTask } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';
import { gatewayErrors } from '../errors.ts';

/** The tasks that wait for people, oldest first. */
export async function openUserTasks(engine: EngineClient): Promise<UserTaskView[]> {
  const tasks = await engine.userTasks.list();
  const views = await Promise.all(tasks.map((task) => userTaskView(engine, task)));
  return views.filter((view) => view !== undefined);
}

/** `undefined` when the task was completed meanwhile, or belongs to no process. */
async function userTaskView(engine: EngineClient, task: UserTask): Promise<UserTaskView | undefined> {
  const { id, processInstanceId, processDefinitionId } = task;
  if (processInstanceId === null || processDefinitionId === null) return undefined;
  try {
    const [processKey, variables] = await Promise.all([processKeyOf(engine, processDefinitionId), engine.userTasks.variables(id)]);
    return {
      id,
      name: task.name,
      description: task.description,
      activityId: task.taskDefinitionKey,
      processKey,
      instanceId: processInstanceId,
      assignee: task.assignee,
      created: fromEngineTime(task.created),
      due: task.due === null ? null : fromEngineTime(task.due),
      variables,
    };
  } catch (thrown) {
    if (await isOver(engine, id, thrown)) return undefined;
    throw thrown;
  }
}

/** @throws PROCOS_GATEWAY_UNKNOWN_USER_TASK */
export async function completeUserTask(engine: EngineClient, id: string, variables: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await engine.userTasks.complete(id, variables);
  } catch (thrown) {
    if (await isOver(engine, id, thrown)) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_USER_TASK({ id }, thrown);
    throw thrown;
  }
}

/** True when the engine failed because the task is gone: its own answer does not tell that apart. */
async function isOver(engine: EngineClient, id: string, thrown: unknown): Promise<boolean> {
  return thrown instanceof EngineRequestError && (await engine.userTasks.find(id)) === undefined;
}
