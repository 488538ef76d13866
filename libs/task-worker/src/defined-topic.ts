import { type Fault, renderFaults, traceparentVariable } from '@procos/contracts';
import { decodeVariables, type LockedTask, UnreadableValue } from '@procos/engine-client';
import { RetryableError, TerminalError } from '@procos/errors';
import type { Logger } from '@procos/logging';
import { currentTraceparent, type SpanOptions, withSpan } from '@procos/telemetry';
import type { HandlerResult } from './core/messages.ts';
import { fetchedVariables, type Lease, type TaskContext, type TaskDefinition } from './define-task.ts';
import { type RetryPolicy, retryPolicyOf } from './retry-policy.ts';
import type { ServedTopic } from './runtime/served-topic.ts';
import { thrownResult } from './thrown-result.ts';
import { unreadableVariable } from './unreadable-variable.ts';

/** Serves a task with a contract: what goes in and what comes out is checked, and the work is a span of the instance's trace. */
export function definedTopic(definition: TaskDefinition, retryPolicy: RetryPolicy, logger: Logger): ServedTopic {
  const { contract } = definition;
  const names = fetchedVariables(contract);
  return {
    topic: contract.topic,
    ...(names === undefined ? {} : { variables: [...names, traceparentVariable] }),
    attempt: async (task, lease) => {
      const { timeoutMs } = retryPolicyOf(task.extensionProperties ?? {}, retryPolicy);
      const limit = limitTime(lease.signal, timeoutMs, contract.topic);
      try {
        const variables = decodeVariables(task.variables);
        return await withSpan(
          `external_task:${contract.topic}`,
          spanOptions(task, lease, variables[traceparentVariable]),
          async (): Promise<HandlerResult> => {
            const input = checkedInput(definition, variables);
            const output = await orAborted(
              definition.run(input, contextOf(task, { ...lease, signal: limit.signal }, logger)),
              limit.signal,
            );
            return { kind: 'complete', ...byScope(definition, checkedOutput(definition, output)) };
          },
        );
      } catch (thrown) {
        return thrownResult(thrown);
      } finally {
        limit.end();
      }
    },
  };
}

/** @param timeoutMs 0 = no limit */
function limitTime(signal: AbortSignal, timeoutMs: number, topic: string): { signal: AbortSignal; end: () => void } {
  if (timeoutMs === 0) return { signal, end: () => undefined };
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new RetryableError(`Task ${topic} took longer than ${timeoutMs} ms`)),
    timeoutMs,
  );
  return { signal: AbortSignal.any([signal, controller.signal]), end: () => clearTimeout(timer) };
}

/** Attribute names as in the architecture specification, §8. */
function spanOptions(task: LockedTask, { workerId }: Lease, traceparent: unknown): SpanOptions {
  const attributes = {
    'procos.task.id': task.id,
    'procos.task.topic': task.topicName,
    'procos.process.instance_id': task.processInstanceId,
    'procos.process.key': task.processDefinitionKey,
    'procos.worker.id': workerId,
  };
  return { attributes, traceparent: typeof traceparent === 'string' ? traceparent : undefined, kind: 'consumer' };
}

function contextOf(task: LockedTask, lease: Lease, logger: Logger): TaskContext {
  const {
    topicName: topic,
    processInstanceId,
    processDefinitionKey,
    activityId,
    businessKey,
    extensionProperties: properties = {},
  } = task;
  return {
    topic,
    processInstanceId,
    processDefinitionKey,
    activityId,
    businessKey,
    properties,
    lease,
    logger: logger.child({ process_instance_id: processInstanceId, topic }),
    traceparent: currentTraceparent(),
  };
}

/** A handler that does not listen to its signal must not hold its task for ever. */
function orAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(signal.reason instanceof RetryableError ? signal.reason : new RetryableError(String(signal.reason)));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function checkedInput({ contract }: TaskDefinition, variables: Record<string, unknown>): unknown {
  const names = fetchedVariables(contract) ?? Object.keys(variables).filter((name) => name !== traceparentVariable);
  // A variable that is null counts as not given: expressions in models cannot leave one out.
  const given = Object.fromEntries(
    names.filter((name) => (variables[name] ?? null) !== null).map((name) => [name, variables[name]]),
  );
  for (const [name, value] of Object.entries(given)) {
    if (value instanceof UnreadableValue && Object.hasOwn(contract.input.properties, name))
      throw unreadableVariable(name, value);
  }
  const checked = contract.checkInput(given);
  if (checked.ok) return checked.value;
  const [first] = checked.faults;
  if (first?.rule === 'required' && checked.faults.length === 1)
    throw new TerminalError(`Missing required parameter: ${first.path}`);
  throw new TerminalError(`Wrong input for task ${contract.topic}: ${faultText(checked.faults)}`);
}

/** What becomes a variable of the process, and what stays one of the task. */
function byScope({ contract }: TaskDefinition, output: Record<string, unknown>) {
  const isLocal = (name: string) => contract.localOutputs.includes(name);
  const { local = [], rest = [] } = Object.groupBy(Object.entries(output), ([name]) =>
    isLocal(name) ? 'local' : 'rest',
  );
  return { variables: Object.fromEntries(rest), localVariables: Object.fromEntries(local) };
}

function checkedOutput({ contract }: TaskDefinition, output: Record<string, unknown>): Record<string, unknown> {
  const checked = contract.checkOutput(output);
  if (checked.ok) return output;
  throw new TerminalError(`Task ${contract.topic} gave a wrong result: ${faultText(checked.faults)}`);
}

/** Each fault with the kind of the value that was given, never the value: `question must be text, object given`. */
function faultText(faults: readonly Fault[]): string {
  return faults
    .map((fault) => `${renderFaults([fault])}${fault.given === undefined ? '' : `, ${fault.given} given`}`)
    .join('; ');
}
