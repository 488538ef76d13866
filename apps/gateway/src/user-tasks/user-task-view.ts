import type { UserTaskView } from '@procos/contracts';
import { type EngineClient, EngineRequestError, fromEngineTime, type UserTask } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';
import { gatewayErrors } from '../errors.ts';
import { formView } from '../forms/form-view.ts';
import { formsOf } from '../forms/forms-of.ts';

export interface TaskPage {
  readonly limit: number;
  readonly offset: number;
  /** Only those of one instance. */
  readonly instance?: string | undefined;
}

/** The tasks that wait for people, oldest first, and how many there are in all. */
export async function openUserTasks(
  engine: EngineClient,
  { limit, offset, instance }: TaskPage,
): Promise<{ tasks: UserTaskView[]; total: number }> {
  const filter = instance === undefined ? {} : { processInstanceId: instance };
  const [tasks, total] = await Promise.all([
    engine.userTasks.list({ ...filter, firstResult: offset, maxResults: limit }),
    engine.userTasks.count(filter),
  ]);
  const views = await Promise.all(tasks.map((task) => userTaskView(engine, task)));
  return { tasks: views.filter((view) => view !== undefined), total };
}

/** @throws PROCOS_GATEWAY_UNKNOWN_USER_TASK */
export async function knownUserTask(engine: EngineClient, id: string): Promise<UserTaskView> {
  const task = await engine.userTasks.find(id);
  const view = task === undefined ? undefined : await userTaskView(engine, task);
  if (view === undefined) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_USER_TASK({ id });
  return view;
}

/** `undefined` when the task was completed meanwhile, or belongs to no process. */
async function userTaskView(engine: EngineClient, task: UserTask): Promise<UserTaskView | undefined> {
  const { id, processInstanceId, processDefinitionId, taskDefinitionKey } = task;
  if (processInstanceId === null || processDefinitionId === null) return undefined;
  try {
    const [processKey, forms, variables] = await Promise.all([
      processKeyOf(engine, processDefinitionId),
      formsOf(engine, processDefinitionId),
      engine.userTasks.variables(id),
    ]);
    return {
      id,
      name: task.name,
      description: task.description,
      activityId: taskDefinitionKey,
      processKey,
      instanceId: processInstanceId,
      assignee: task.assignee,
      created: fromEngineTime(task.created),
      due: task.due === null ? null : fromEngineTime(task.due),
      variables,
      form: formView(forms.tasks.get(taskDefinitionKey) ?? { fields: [] }, variables),
    };
  } catch (thrown) {
    if (await isOver(engine, id, thrown)) return undefined;
    throw thrown;
  }
}

/** True when the engine failed because the task is gone: its own answer does not tell that apart. */
export async function isOver(engine: EngineClient, id: string, thrown: unknown): Promise<boolean> {
  return thrown instanceof EngineRequestError && (await engine.userTasks.find(id)) === undefined;
}
