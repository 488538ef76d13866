import type { EngineClient, FailureReport, Variables } from '@procos/engine-client';
import { eventually } from './eventually.ts';

/** An external task that a test has locked and must end. */
export interface TakenTask {
  readonly activityId: string;
  /** What the worker sees: the input parameters of the task over the variables of its instance. */
  readonly variables: Readonly<Record<string, unknown>>;
  complete(variables?: Variables): Promise<void>;
  bpmnError(code: string, message: string, variables?: Variables): Promise<void>;
  /** Without a report: the last try has failed, which opens an incident. */
  fail(errorMessage: string, report?: Partial<FailureReport>): Promise<void>;
}

const lockMs = 60_000;

/** Waits for the task and locks it by its id, so that tasks of other instances stay where they are. */
export async function takeTask(client: EngineClient, workerId: string, topic: string, processInstanceId: string): Promise<TakenTask> {
  const { externalTasks, runtime } = client;
  const task = await eventually(`task of topic ${topic} in instance ${processInstanceId}`, async () => {
    const tasks = await externalTasks.list({ processInstanceId, topicName: topic });
    return tasks.find((open) => open.workerId !== workerId && open.retries !== 0);
  });
  await externalTasks.lock(task.id, workerId, lockMs);
  const variables = { ...(await runtime.variables(processInstanceId)), ...(await runtime.localVariables(task.executionId)) };
  return {
    activityId: task.activityId,
    variables,
    complete: (result = {}) => externalTasks.complete(task.id, workerId, result),
    bpmnError: (code, message, result = {}) => externalTasks.bpmnError(task.id, workerId, { code, message, variables: result }),
    fail: (errorMessage, report = {}) => externalTasks.fail(task.id, workerId, { errorMessage, retries: 0, retryTimeout: 0, ...report }),
  };
}
