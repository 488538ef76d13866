import { renderFaults } from '@procos/contracts';
import { silentLogger } from '@procos/logging';
import type { TaskContext, TaskDefinition } from '@procos/task-worker';

/** What a handler is told about a task, without an engine. */
export function taskContext(
  given: Partial<TaskContext> & { readonly signal?: AbortSignal; readonly idempotencyKey?: string } = {},
): TaskContext {
  const { signal = new AbortController().signal, idempotencyKey = 'instance-1:activity-1', ...rest } = given;
  return {
    topic: 'test',
    processInstanceId: 'instance-1',
    processDefinitionKey: 'ai_query_process',
    activityId: 'ask_ai',
    businessKey: null,
    properties: {},
    lease: {
      taskId: 'task-1',
      workerId: 'ai-worker@test',
      attempt: 1,
      idempotencyKey,
      deadline: () => new Date(),
      signal,
    },
    logger: silentLogger,
    traceparent: '00-11111111111111111111111111111111-2222222222222222-00',
    ...rest,
  };
}

/** Runs a handler as the runtime does: input and output are held against the contract. */
export async function runTask(
  task: TaskDefinition,
  input: Record<string, unknown>,
  context: TaskContext = taskContext(),
): Promise<Record<string, unknown>> {
  const checked = task.contract.checkInput(input);
  if (!checked.ok) throw new Error(`Wrong input: ${renderFaults(checked.faults)}`);
  const output = await task.run(checked.value, context);
  const result = task.contract.checkOutput(output);
  if (!result.ok) throw new Error(`Wrong output: ${renderFaults(result.faults)}`);
  return output;
}

/** What a promise was rejected with. */
export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('Nothing was thrown');
}
