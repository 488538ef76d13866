import { silentLogger } from '@procos/logging';
import type { TaskContext, TaskDefinition } from '@procos/task-worker';

/** A context as the runtime gives it. */
export function taskContext(changes: Partial<TaskContext> = {}): TaskContext {
  return {
    topic: 'topic',
    processInstanceId: 'instance-1',
    processDefinitionKey: 'a_process',
    activityId: 'activity',
    businessKey: null,
    properties: {},
    lease: {
      taskId: 'task-1',
      workerId: 'worker-1',
      attempt: 1,
      idempotencyKey: 'instance-1:activity-1',
      deadline: () => new Date(Date.now() + 60_000),
      signal: new AbortController().signal,
    },
    logger: silentLogger,
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    ...changes,
  };
}

/** Runs a task as the runtime does: input and output go through the contract's own checks. */
export async function tryTask(
  task: TaskDefinition,
  input: unknown,
  context: TaskContext = taskContext(),
): Promise<Record<string, unknown>> {
  const checkedInput = task.contract.checkInput(input);
  if (!checkedInput.ok) throw new TypeError(`The test gives a wrong input: ${JSON.stringify(checkedInput.faults)}`);
  const output = await task.run(checkedInput.value, context);
  const checkedOutput = task.contract.checkOutput(output);
  if (!checkedOutput.ok) throw new TypeError(`The task gives a wrong output: ${JSON.stringify(checkedOutput.faults)}`);
  return output;
}

/** What a promise is rejected with. */
export async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  throw new TypeError('Nothing was thrown');
}
