import { type TaskContract, taskContracts, renderFaults } from '@procos/contracts';
import type { EngineClient, FailureReport, OpenExternalTask, Variables } from '@procos/engine-client';
import { eventually } from './eventually.ts';

/**
 * An external task that a test has locked and must end. What the model hands over and what the test answers is held
 * against the contract of the topic, so that a process test cannot pass with a worker that does not exist.
 */
export interface TakenTask {
  readonly activityId: string;
  /** What the worker sees: the input parameters of the task over the variables of its instance. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** @throws Error when the contract of the topic does not allow this result */
  complete(variables?: Variables): Promise<void>;
  /** @throws Error when the contract of the topic names no such error */
  bpmnError(code: string, message: string, variables?: Variables): Promise<void>;
  /** Without a report: the last try has failed, which opens an incident. */
  fail(errorMessage: string, report?: Partial<FailureReport>): Promise<void>;
}

const lockMs = 60_000;

/**
 * Waits for the task and locks it by its id, so that tasks of other instances stay where they are.
 *
 * @throws Error when there is none in time, or when the model does not give what the contract asks
 */
export async function takeTask(
  client: EngineClient,
  workerId: string,
  topic: string,
  processInstanceId: string,
): Promise<TakenTask> {
  const { externalTasks, runtime } = client;
  const contract = contractOf(topic);
  const task = await lockTask(externalTasks, workerId, topic, processInstanceId);
  const variables = {
    ...(await runtime.variables(processInstanceId)),
    ...(await runtime.localVariables(task.executionId)),
  };
  demand(contract.checkInput(inputOf(contract, variables)), `${task.activityId} does not give ${topic} what it needs`);
  return {
    activityId: task.activityId,
    variables,
    complete: async (result = {}) => {
      demand(contract.checkOutput(result), `No worker of ${topic} answers this`);
      const isLocal = ([name]: readonly [string, unknown]) => contract.localOutputs.includes(name);
      const outputs = Object.entries(result);
      await externalTasks.complete(
        task.id,
        workerId,
        Object.fromEntries(outputs.filter((output) => !isLocal(output))),
        Object.fromEntries(outputs.filter(isLocal)),
      );
    },
    bpmnError: async (code, message, result = {}) => {
      if (!contract.bpmnErrors.some((error) => error.code === code))
        throw new Error(`No worker of ${topic} raises ${code}`);
      await externalTasks.bpmnError(task.id, workerId, { code, message, variables: result });
    },
    fail: (errorMessage, report = {}) =>
      externalTasks.fail(task.id, workerId, { errorMessage, retries: 0, retryTimeout: 0, ...report }),
  };
}

async function lockTask(
  externalTasks: EngineClient['externalTasks'],
  workerId: string,
  topic: string,
  processInstanceId: string,
): Promise<OpenExternalTask> {
  const task = await eventually(`task of topic ${topic} in instance ${processInstanceId}`, async () => {
    const tasks = await externalTasks.list({ processInstanceId, topicName: topic });
    return tasks.find((open) => open.workerId !== workerId && open.retries !== 0);
  });
  await externalTasks.lock(task.id, workerId, lockMs);
  return task;
}

function contractOf(topic: string): TaskContract {
  const contract = taskContracts.find((candidate) => candidate.topic === topic);
  if (contract === undefined) throw new Error(`No worker serves the topic ${topic}`);
  return contract;
}

/** As a worker does it: only what the contract names, and null counts as not given. */
function inputOf(contract: TaskContract, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(contract.input.properties);
  return Object.fromEntries(
    names.filter((name) => (variables[name] ?? null) !== null).map((name) => [name, variables[name]]),
  );
}

function demand(checked: ReturnType<TaskContract['checkInput']>, otherwise: string): void {
  if (!checked.ok) throw new Error(`${otherwise}: ${renderFaults(checked.faults)}`);
}
