import type { EngineClient, UserTask } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { checkAnswers } from '../forms/check-answers.ts';
import { formsOf } from '../forms/forms-of.ts';
import { everywhereNames, refuseSystemNames } from '../requests/system-names.ts';
import { isOver } from './user-task-view.ts';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Completes a task with its answer, once that is as the form of the task asks.
 *
 * @returns the variables as they were sent on
 * @throws PROCOS_GATEWAY_UNKNOWN_USER_TASK | PROCOS_GATEWAY_FORM | PROCOS_GATEWAY_SYSTEM_NAME
 */
export async function completeUserTask(
  engine: EngineClient,
  id: string,
  variables: Variables,
): Promise<Record<string, unknown>> {
  refuseSystemNames(variables, everywhereNames);
  const task = await engine.userTasks.find(id);
  if (task === undefined) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_USER_TASK({ id });
  try {
    const answers = await checkedAnswers(engine, task, variables);
    await engine.userTasks.complete(id, answers);
    return answers;
  } catch (thrown) {
    if (await isOver(engine, id, thrown)) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_USER_TASK({ id }, thrown);
    throw thrown;
  }
}

async function checkedAnswers(
  engine: EngineClient,
  task: UserTask,
  given: Variables,
): Promise<Record<string, unknown>> {
  const { id, name, taskDefinitionKey, processDefinitionId } = task;
  const forms = processDefinitionId === null ? undefined : await formsOf(engine, processDefinitionId);
  const fields = forms?.tasks.get(taskDefinitionKey)?.fields ?? [];
  if (fields.length === 0) return { ...given };
  const known = await engine.userTasks.variables(id);
  return checkAnswers({
    fields,
    given,
    known,
    what: `task ${id} (${name ?? taskDefinitionKey})`,
    where: `/v1/user-tasks/${id}`,
  });
}
