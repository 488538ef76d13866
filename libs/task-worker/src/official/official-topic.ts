import type { EventEmitter } from 'node:events';
import type { EngineClient } from '@procos/engine-client';
import type { OfficialHandler, OfficialTask, OfficialTaskService, OfficialTopicSubscription } from './official-package.ts';
import type { HandlerResult, LeaseEnd } from '../core/messages.ts';
import type { ServedTopic } from '../runtime/served-topic.ts';
import { thrownResult } from '../thrown-result.ts';
import { changedVariables, officialTask } from './official-variables.ts';

interface Attempt {
  /** Name of the method that told the outcome, for the events of the official client. */
  method: string;
  readonly told: (result: HandlerResult) => void;
  /** Settles as the engine has taken the outcome. */
  readonly taken: PromiseWithResolvers<void>;
}

/** Serves a topic with a handler written for the official client. What it tells by the task service is the attempt's outcome. */
export function officialTopic(
  topic: string,
  { handler, variables, lockDuration: _, unsubscribe: __, ...filter }: OfficialTopicSubscription,
  { client, events, engineService }: { client: EngineClient; events: EventEmitter; engineService: unknown },
): ServedTopic {
  const attempts = new Map<string, Attempt>();
  return {
    topic,
    filter,
    ...(variables === undefined ? {} : { variables }),
    attempt: (locked) =>
      new Promise((resolve) => {
        const task = officialTask(locked, engineService);
        const attempt: Attempt = { method: 'complete', told: resolve, taken: Promise.withResolvers() };
        // Whether the handler waits for it is the handler's choice.
        attempt.taken.promise.catch(() => undefined);
        attempts.set(locked.id, attempt);
        void callHandler(handler, task, taskService(attempts, client, locked.workerId), attempt);
      }),
    ended: (taskId, end) => {
      const attempt = attempts.get(taskId);
      attempts.delete(taskId);
      if (attempt !== undefined) settle(attempt, events, taskId, end);
    },
  };
}

/** A handler that throws, or ends without an outcome, has failed; one that is not asynchronous may tell its outcome later. */
async function callHandler(handler: OfficialHandler, task: OfficialTask, service: OfficialTaskService, { told }: Attempt): Promise<void> {
  try {
    const returned = handler({ task, taskService: service });
    if (!(returned instanceof Promise)) return;
    await returned;
    told(thrownResult(new Error(`The handler of ${task.topicName} has ended without telling an outcome`)));
  } catch (thrown) {
    told(thrownResult(thrown));
  }
}

function settle({ method, taken }: Attempt, events: EventEmitter, taskId: string, end: LeaseEnd): void {
  if (end === 'accepted') {
    events.emit(`${method}:success`, taskId);
    return taken.resolve();
  }
  const fault = new Error(`The engine did not take the outcome of task ${taskId}: ${end}`);
  events.emit(`${method}:error`, taskId, fault);
  taken.reject(fault);
}

function taskService(attempts: ReadonlyMap<string, Attempt>, { externalTasks }: EngineClient, workerId: string): OfficialTaskService {
  const tell = (method: string, task: OfficialTask | string, result: HandlerResult): Promise<void> => {
    const attempt = attempts.get(idOf(task));
    if (attempt === undefined) return Promise.reject(new Error(`Task ${idOf(task)} is not in work here`));
    attempt.method = method;
    attempt.told(result);
    return attempt.taken.promise;
  };
  return {
    complete: (task, processVariables, localVariables) =>
      tell('complete', task, { kind: 'complete', variables: changedVariables(processVariables), localVariables: changedVariables(localVariables) }),
    handleFailure: (task, { errorMessage = 'Failed', errorDetails = '', retries, retryTimeout } = {}) =>
      tell('handleFailure', task, {
        kind: 'thrown',
        fault: 'retryable',
        message: errorMessage,
        details: errorDetails,
        ...(retries === undefined ? {} : { retries }),
        ...(retryTimeout === undefined ? {} : { retryAfterMs: retryTimeout }),
      }),
    handleBpmnError: (task, code, message = '', variables) => tell('handleBpmnError', task, { kind: 'bpmnError', code, message, variables: changedVariables(variables) }),
    extendLock: (task, newDuration) => externalTasks.extendLock(idOf(task), workerId, newDuration),
    lock: (task, duration) => externalTasks.lock(idOf(task), workerId, duration),
    unlock: (task) => externalTasks.unlock(idOf(task)),
  };
}

function idOf(task: OfficialTask | string): string {
  return typeof task === 'string' ? task : task.id;
}
