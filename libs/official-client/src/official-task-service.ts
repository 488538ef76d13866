import type { EngineClient } from '@procos/engine-client';
import type { HandlerResult } from '@procos/task-worker/topic-worker';
import type { OfficialAttempt } from './official-attempt.ts';
import type { OfficialTask, OfficialTaskService } from './official-package.ts';
import { changedVariables } from './official-variables.ts';

/** Attempts in work, by task. */
export type OfficialAttempts = Map<string, OfficialAttempt>;

/**
 * The task service of the official client. What is reported to it of a task becomes the outcome of the attempt in work.
 *
 * @param own the attempt whose handler was given this service: what it says about its task counts for this attempt only,
 *   also when it comes late and the task is in work again
 */
export function createTaskService(
  attempts: OfficialAttempts,
  { externalTasks }: EngineClient,
  own?: OfficialAttempt,
): OfficialTaskService {
  const attemptAt = (task: OfficialTask | string): OfficialAttempt => {
    const attempt = own !== undefined && own.locked.id === idOf(task) ? own : attempts.get(idOf(task));
    if (attempt === undefined) throw new Error(`Task ${idOf(task)} is not in work here`);
    return attempt;
  };
  return { ...outcomes(attemptAt), ...locks(attemptAt, externalTasks) };
}

type FindAttempt = (task: OfficialTask | string) => OfficialAttempt;

function outcomes(
  attemptAt: FindAttempt,
): Pick<OfficialTaskService, 'complete' | 'handleFailure' | 'handleBpmnError' | 'unlock'> {
  const report = async (method: string, task: OfficialTask | string, result: HandlerResult): Promise<void> =>
    attemptAt(task).report(method, task, result);
  return {
    complete: (task, processVariables, localVariables) =>
      report('complete', task, {
        kind: 'complete',
        variables: changedVariables(processVariables),
        localVariables: changedVariables(localVariables),
      }),
    handleFailure: (task, { errorMessage = 'Failed', errorDetails = '', retries, retryTimeout } = {}) =>
      report('handleFailure', task, {
        kind: 'thrown',
        fault: 'retryable',
        message: errorMessage,
        details: errorDetails,
        ...(retries === undefined ? {} : { retries }),
        ...(retryTimeout === undefined ? {} : { retryAfterMs: retryTimeout }),
      }),
    handleBpmnError: (task, code, message = '', variables) =>
      report('handleBpmnError', task, { kind: 'bpmnError', code, message, variables: changedVariables(variables) }),
    unlock: (task) => report('unlock', task, { kind: 'returned' }),
  };
}

function locks(
  attemptAt: FindAttempt,
  externalTasks: EngineClient['externalTasks'],
): Pick<OfficialTaskService, 'extendLock' | 'lock'> {
  const keep = async (
    task: OfficialTask | string,
    lockMs: number,
    ask: (id: string, workerId: string) => Promise<void>,
  ): Promise<void> => {
    const attempt = attemptAt(task);
    await ask(idOf(task), attempt.locked.workerId);
    attempt.extended(lockMs);
  };
  return {
    extendLock: (task, newDuration) =>
      keep(task, newDuration, (id, workerId) => externalTasks.extendLock(id, workerId, newDuration)),
    lock: (task, duration) => keep(task, duration, (id, workerId) => externalTasks.lock(id, workerId, duration)),
  };
}

function idOf(task: OfficialTask | string): string {
  return typeof task === 'string' ? task : task.id;
}
