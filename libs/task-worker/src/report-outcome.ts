import { setTimeout as delay } from 'node:timers/promises';
import { EngineRequestError, EngineUnreachableError, type EngineClient } from '@procos/engine-client';
import type { Outcome } from './outcome.ts';

/** How the engine took a report. `refused`: the lease was lost and the result does not count. */
export type Report = 'accepted' | 'refused';

const tries = 6;
/** Tries when the engine answers with an error of its own: optimistic locking passes, a broken model does not. */
const triesWhenRefused = 3;
/** The engine's error message column holds 666 characters; longer text is cut by the engine without a sign. */
const longestMessage = 600;

/**
 * Tells the engine an outcome. Network failures and optimistic locking are tried again; a task that is gone after an
 * unanswered report was ended by that report.
 *
 * @throws the last error when the engine cannot be told
 */
export async function reportOutcome(client: EngineClient, workerId: string, taskId: string, outcome: Outcome): Promise<Report> {
  let unanswered = false;
  for (let attempt = 1; ; attempt++) {
    try {
      await send(client, workerId, taskId, outcome);
      return 'accepted';
    } catch (thrown) {
      if (thrown instanceof EngineRequestError && thrown.status === 404) return unanswered ? 'accepted' : 'refused';
      if (thrown instanceof EngineRequestError && thrown.status === 400) return 'refused';
      if (attempt >= (thrown instanceof EngineRequestError ? triesWhenRefused : tries)) throw thrown;
      unanswered ||= thrown instanceof EngineUnreachableError;
      await delay(50 * 2 ** attempt);
    }
  }
}

function send(client: EngineClient, workerId: string, taskId: string, outcome: Outcome): Promise<void> {
  const { externalTasks } = client;
  if (outcome.kind === 'complete') return externalTasks.complete(taskId, workerId, outcome.variables);
  if (outcome.kind === 'bpmnError') return externalTasks.bpmnError(taskId, workerId, outcome);
  return externalTasks.fail(taskId, workerId, {
    errorMessage: outcome.message.slice(0, longestMessage),
    errorDetails: outcome.details === '' ? outcome.message : outcome.details,
    retries: outcome.retries,
    retryTimeout: outcome.retryInMs,
  });
}
