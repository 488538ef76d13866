import { traceparentVariable, tellFaults } from '@procos/contracts';
import { decodeVariables, type EngineClient, EngineRequestError, type LockedTask } from '@procos/engine-client';
import { RetryableError, TerminalError } from '@procos/errors';
import type { Logger } from '@procos/logging';
import { currentTraceparent, type SpanOptions, withSpan } from '@procos/telemetry';
import { fetchedVariables, type TaskContext, type TaskDefinition } from './define-task.ts';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';
import { type Attempt, attemptNumber, type Outcome, outcomeOfThrown } from './outcome.ts';
import { type Report, reportOutcome } from './report-outcome.ts';
import { type RetryPolicy, retryPolicyOf } from './retry-policy.ts';

export interface TaskRuntime {
  readonly client: EngineClient;
  readonly workerId: string;
  readonly lockDurationMs: number;
  readonly retryPolicy: RetryPolicy;
  readonly logger: Logger;
  readonly random: () => number;
}

export interface TaskResult {
  readonly outcome: Outcome;
  readonly report: Report;
  readonly durationMs: number;
}

/** Carries one locked task from its variables to its reported outcome. Never leaves a task for its lock to expire while the engine can be told. */
export async function runTask(runtime: TaskRuntime, definition: TaskDefinition, task: LockedTask, stopSignal: AbortSignal): Promise<TaskResult> {
  const started = performance.now();
  const lease = keepLease(runtime.client, runtime.workerId, task.id, runtime.lockDurationMs);
  const onStop = () => lease.abort(new Error('The worker is stopping'));
  stopSignal.addEventListener('abort', onStop, { once: true });
  try {
    const attempt = { retriesLeft: task.retries, policy: retryPolicyOf(task.extensionProperties ?? {}, runtime.retryPolicy), random: runtime.random };
    const outcome = await attemptTask(runtime, definition, task, lease, attempt);
    const told = await tellEngine(runtime, task.id, lease, attempt, outcome);
    return { ...told, durationMs: performance.now() - started };
  } finally {
    stopSignal.removeEventListener('abort', onStop);
    lease.release();
  }
}

/** An engine that refuses a result (a broken expression behind the task, say) must not leave the task to run for ever: it counts as a failure. */
async function tellEngine(
  { client, workerId }: TaskRuntime,
  taskId: string,
  lease: LeaseKeeper,
  attempt: Attempt,
  outcome: Outcome,
): Promise<Pick<TaskResult, 'outcome' | 'report'>> {
  if (lease.lost()) return { outcome, report: 'refused' };
  try {
    return { outcome, report: await reportOutcome(client, workerId, taskId, outcome) };
  } catch (thrown) {
    if (outcome.kind === 'failure' || !(thrown instanceof EngineRequestError)) throw thrown;
    const failure = outcomeOfThrown(new Error(`The engine refused the result: ${thrown.engineMessage}`, { cause: thrown }), attempt);
    return { outcome: failure, report: await reportOutcome(client, workerId, taskId, failure) };
  }
}

async function attemptTask(runtime: TaskRuntime, definition: TaskDefinition, task: LockedTask, lease: LeaseKeeper, attempt: Attempt): Promise<Outcome> {
  const { contract } = definition;
  const { policy } = attempt;
  const timeout = policy.timeoutMs === 0 ? undefined : setTimeout(() => lease.abort(timedOut(contract.topic, policy)), policy.timeoutMs);
  try {
    const variables = decodeVariables(task.variables);
    return await withSpan(`external_task:${contract.topic}`, spanOptions(runtime, task, variables[traceparentVariable]), async () => {
      const input = checkedInput(definition, variables);
      const output = await orAborted(definition.run(input, contextOf(runtime, task, lease, attemptNumber(attempt))), lease.signal);
      return { kind: 'complete', variables: checkedOutput(definition, output) };
    });
  } catch (thrown) {
    return outcomeOfThrown(thrown, attempt);
  } finally {
    clearTimeout(timeout);
  }
}

/** Attribute names as in the architecture specification, §8. */
function spanOptions({ workerId }: TaskRuntime, task: LockedTask, traceparent: unknown): SpanOptions {
  const attributes = {
    'procos.task.id': task.id,
    'procos.task.topic': task.topicName,
    'procos.process.instance_id': task.processInstanceId,
    'procos.process.key': task.processDefinitionKey,
    'procos.worker.id': workerId,
  };
  return { attributes, traceparent: typeof traceparent === 'string' ? traceparent : undefined, kind: 'consumer' };
}

function contextOf({ workerId, logger }: TaskRuntime, task: LockedTask, { signal }: LeaseKeeper, attempt: number): TaskContext {
  const { id: taskId, topicName: topic, processInstanceId, processDefinitionKey, activityId, businessKey, extensionProperties: properties = {} } = task;
  return {
    topic,
    processInstanceId,
    processDefinitionKey,
    activityId,
    businessKey,
    properties,
    lease: { taskId, workerId, attempt, idempotencyKey: `${processInstanceId}:${task.activityInstanceId}`, signal },
    logger: logger.child({ process_instance_id: processInstanceId, topic }),
    traceparent: currentTraceparent(),
  };
}

function timedOut(topic: string, policy: RetryPolicy): Error {
  return new RetryableError(`Task ${topic} took longer than ${policy.timeoutMs} ms`);
}

/** A handler that does not listen to its signal must not hold its task for ever. */
function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason instanceof RetryableError ? signal.reason : new RetryableError(String(signal.reason)));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function checkedInput({ contract }: TaskDefinition, variables: Record<string, unknown>): unknown {
  const names = fetchedVariables(contract) ?? Object.keys(variables).filter((name) => name !== traceparentVariable);
  // A variable that is null counts as not given: expressions in models cannot leave one out.
  const given = Object.fromEntries(names.filter((name) => (variables[name] ?? null) !== null).map((name) => [name, variables[name]]));
  const checked = contract.checkInput(given);
  if (checked.ok) return checked.value;
  const [first] = checked.faults;
  if (first?.rule === 'required' && checked.faults.length === 1) throw new TerminalError(`Missing required parameter: ${first.path}`);
  throw new TerminalError(`Wrong input for task ${contract.topic}: ${tellFaults(checked.faults)}`);
}

function checkedOutput({ contract }: TaskDefinition, output: Record<string, unknown>): Record<string, unknown> {
  const checked = contract.checkOutput(output);
  if (checked.ok) return output;
  throw new TerminalError(`Task ${contract.topic} gave a wrong result: ${tellFaults(checked.faults)}`);
}
