import { type EngineClient, EngineRequestError, EngineUnreachableError, type LockedTask, type OpenExternalTask } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import type { Command, ExtendAnswer, Holder, OrphanAnswer, Outcome, ReportAnswer } from '../core/messages.ts';

/** What a worker asks of the engine, with the answers that the core understands. */
export interface EngineActions {
  fetch(command: Extract<Command, { kind: 'fetch' }>, signal: AbortSignal): Promise<readonly LockedTask[]>;
  /** Has the engine look through all waiting requests, now and when the wait is over; locks nothing. */
  recheck(waitMs: number, signal: AbortSignal): Promise<boolean>;
  /** Makes an engine that allows one request per worker forget the waiting one. */
  recall(): Promise<boolean>;
  extend(taskId: string): Promise<ExtendAnswer>;
  relock(taskId: string): Promise<ExtendAnswer>;
  inspect(taskId: string): Promise<Holder | 'gone' | 'unanswered'>;
  report(taskId: string, outcome: Outcome): Promise<{ readonly answer: ReportAnswer; readonly reason: string }>;
  reportOrphan(command: Extract<Command, { kind: 'reportOrphan' }>): Promise<OrphanAnswer>;
  unlock(taskId: string): Promise<boolean>;
  listLocks(): Promise<readonly string[] | undefined>;
}

export interface TopicRequests {
  readonly [topic: string]: { readonly variables?: readonly string[]; readonly filter?: Readonly<Record<string, unknown>> };
}

/** The engine's error message column holds 666 characters; longer text is cut by the engine without a sign. */
const longestMessage = 600;
const nothing = 'procos.nothing';

/** @param lockDurationMs length of locks */
export function createEngineActions({ externalTasks }: EngineClient, workerId: string, lockDurationMs: number, requests: TopicRequests): EngineActions {
  const inspect = async (taskId: string): Promise<OpenExternalTask | 'gone' | 'unanswered'> => {
    try {
      return await externalTasks.get(taskId);
    } catch (thrown) {
      return isAnswer(thrown) && thrown.status === 404 ? 'gone' : 'unanswered';
    }
  };

  return {
    fetch: ({ topics, maxTasks, waitMs }, signal) =>
      externalTasks.fetchAndLock({
        workerId,
        maxTasks,
        topics: topics.map((topicName) => ({ ...requests[topicName], topicName, lockDuration: lockDurationMs })),
        ...(waitMs === 0 ? {} : { waitMs }),
        signal,
      }),
    // Under a name of its own, so that it takes no place of the poll that waits.
    recheck: (waitMs, signal) => succeeds(externalTasks.fetchAndLock({ workerId: `${workerId}/recheck`, maxTasks: 1, topics: [{ topicName: nothing, lockDuration: 1_000 }], waitMs, signal })),
    recall: () => succeeds(externalTasks.fetchAndLock({ workerId, maxTasks: 1, topics: [{ topicName: nothing, lockDuration: 1_000 }], waitMs: 1 })),
    extend: (taskId) => extendAnswer(externalTasks.extendLock(taskId, workerId, lockDurationMs)),
    relock: (taskId) => extendAnswer(externalTasks.lock(taskId, workerId, lockDurationMs)),
    inspect: async (taskId) => {
      const task = await inspect(taskId);
      return typeof task === 'string' ? task : { isThisWorker: task.workerId === workerId, retries: task.retries };
    },
    report: async (taskId, outcome) => {
      try {
        await send(externalTasks, workerId, taskId, outcome);
        return { answer: 'accepted', reason: '' };
      } catch (thrown) {
        const reason = isAnswer(thrown) ? thrown.engineMessage : messageOf(thrown);
        const answer = answerToReport(thrown);
        if (answer !== 'refused') return { answer, reason };
        // 400 is said of another worker's task and of variables that the engine cannot take.
        const task = await inspect(taskId);
        if (typeof task === 'string') return { answer: task, reason };
        return { answer: task.workerId === workerId ? 'faulty' : 'refused', reason };
      }
    },
    reportOrphan: async ({ orphan, outcome }) => {
      const task = await inspect(orphan.task.id);
      if (task === 'gone') return 'counted';
      if (task === 'unanswered') return task;
      if (task.workerId !== orphan.workerId) return 'foreign';
      // The dead process had told its outcome before it died.
      if (task.retries !== orphan.task.retries) return 'counted';
      try {
        await send(externalTasks, orphan.workerId, orphan.task.id, outcome);
        return 'counted';
      } catch (thrown) {
        return answerToOrphan(answerToReport(thrown));
      }
    },
    unlock: (taskId) => succeeds(externalTasks.unlock(taskId)),
    listLocks: async () => {
      try {
        return (await externalTasks.list({ workerId, locked: true })).map(({ id }) => id);
      } catch {
        // The core asks again.
        return undefined;
      }
    },
  };
}

function send(externalTasks: EngineClient['externalTasks'], workerId: string, taskId: string, outcome: Outcome): Promise<void> {
  if (outcome.kind === 'complete') return externalTasks.complete(taskId, workerId, outcome.variables, outcome.localVariables);
  if (outcome.kind === 'bpmnError') return externalTasks.bpmnError(taskId, workerId, outcome);
  return externalTasks.fail(taskId, workerId, {
    errorMessage: outcome.message.slice(0, longestMessage),
    errorDetails: outcome.details === '' ? outcome.message : outcome.details,
    retries: outcome.retries,
    retryTimeout: outcome.retryInMs,
  });
}

function isAnswer(thrown: unknown): thrown is EngineRequestError {
  return thrown instanceof EngineRequestError;
}

/** Answers of an engine, or of something in front of it, that could not look at the request: the same one may be taken later. */
const passing = new Set([401, 403, 408, 429, 502, 503, 504]);

/** What a report that has failed has come to. `refused` may be the fault of the variables too: the task's holder tells. */
export function answerToReport(thrown: unknown): 'gone' | 'refused' | 'faulty' | 'broken' | 'failing' | 'unanswered' {
  if (thrown instanceof EngineUnreachableError) return 'unanswered';
  // It could not be encoded: nothing was sent, and nothing would be the next time.
  if (!isAnswer(thrown)) return 'faulty';
  if (thrown.status === 404) return 'gone';
  if (thrown.status === 400) return 'refused';
  if (passing.has(thrown.status)) return 'unanswered';
  if (thrown.status < 500) return 'faulty';
  return thrown.engineType === 'ProcessEngineException' ? 'broken' : 'failing';
}

export function answerToOrphan(answer: ReturnType<typeof answerToReport>): OrphanAnswer {
  if (answer === 'gone') return 'counted';
  return answer === 'refused' || answer === 'faulty' ? 'foreign' : 'unanswered';
}

/** What a wish for a longer lock that has failed has come to. */
export function answerToExtension(thrown: unknown): ExtendAnswer {
  return isAnswer(thrown) && thrown.status < 500 && !passing.has(thrown.status) ? 'refused' : 'unanswered';
}

async function extendAnswer(request: Promise<void>): Promise<ExtendAnswer> {
  try {
    await request;
    return 'kept';
  } catch (thrown) {
    return answerToExtension(thrown);
  }
}

/** A task that is gone needs nothing more either. */
async function succeeds(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (thrown) {
    return isAnswer(thrown) && thrown.status === 404;
  }
}
