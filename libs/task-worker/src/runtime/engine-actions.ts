import type { EngineClient, LockedTask, OpenExternalTask } from '@procos/engine-client';
import { messageOf } from '@procos/errors';
import type {
  Achieved,
  Command,
  ExtendAnswer,
  HeldTask,
  Holder,
  Kept,
  OrphanAnswer,
  Outcome,
  ReportAnswer,
} from '../core/messages.ts';
import { failingElements } from './failing-element.ts';
import { keptResultVariable, keptVariables, readKeptResult, withoutKept } from './kept-result.ts';
import { answerToExtension, answerToOrphan, answerToReport, isAnswer } from './report-answers.ts';

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
  report(task: HeldTask, outcome: Outcome): Promise<{ readonly answer: ReportAnswer; readonly reason: string }>;
  /** What an earlier attempt has achieved and the engine did not take. */
  readKept(task: HeldTask): Promise<Kept>;
  /** Takes a kept result that was told out of the history. @returns whether nothing is left of it */
  forgetKept(task: HeldTask): Promise<boolean>;
  reportOrphan(command: Extract<Command, { kind: 'reportOrphan' }>): Promise<OrphanAnswer>;
  unlock(taskId: string): Promise<boolean>;
  listLocks(): Promise<readonly string[] | undefined>;
}

export interface TopicRequests {
  readonly [topic: string]: {
    readonly variables?: readonly string[];
    readonly filter?: Readonly<Record<string, unknown>>;
  };
}

/** The engine's error message column holds 666 characters; longer text is cut by the engine without a sign. */
const longestMessage = 600;
const nothing = 'procos.nothing';

/** @param lockDurationMs length of locks */
export function createEngineActions(
  { externalTasks, repository }: Pick<EngineClient, 'externalTasks' | 'repository'>,
  workerId: string,
  lockDurationMs: number,
  requests: TopicRequests,
): EngineActions {
  const inspect = async (taskId: string): Promise<OpenExternalTask | 'gone' | 'unanswered'> => {
    try {
      return await externalTasks.get(taskId);
    } catch (thrown) {
      return isAnswer(thrown) && thrown.status === 404 ? 'gone' : 'unanswered';
    }
  };

  /** The engine names the expression, the model the element: people look for that. */
  const withElement = async (reason: string, taskId: string): Promise<string> => {
    const task = /[$#]\{/.test(reason) ? await inspect(taskId) : 'gone';
    if (typeof task === 'string') return reason;
    try {
      const elements = failingElements(reason, await repository.definitionXml(task.processDefinitionId));
      return elements.length === 0 ? reason : `at ${elements.join(' or ')}: ${reason}`;
    } catch {
      // Without the model the engine's own words have to do.
      return reason;
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
    recheck: (waitMs, signal) =>
      succeeds(
        externalTasks.fetchAndLock({
          workerId: `${workerId}/recheck`,
          maxTasks: 1,
          topics: [{ topicName: nothing, lockDuration: 1_000 }],
          waitMs,
          signal,
        }),
      ),
    recall: () =>
      succeeds(
        externalTasks.fetchAndLock({
          workerId,
          maxTasks: 1,
          topics: [{ topicName: nothing, lockDuration: 1_000 }],
          waitMs: 1,
        }),
      ),
    extend: (taskId) => extendAnswer(externalTasks.extendLock(taskId, workerId, lockDurationMs)),
    relock: (taskId) => extendAnswer(externalTasks.lock(taskId, workerId, lockDurationMs)),
    inspect: async (taskId) => {
      const task = await inspect(taskId);
      return typeof task === 'string' ? task : { isThisWorker: task.workerId === workerId, retries: task.retries };
    },
    report: async (held, outcome) => {
      try {
        await send(externalTasks, workerId, held, outcome);
        return { answer: 'accepted', reason: '' };
      } catch (thrown) {
        const reason = isAnswer(thrown) ? thrown.engineMessage : messageOf(thrown);
        const answer = answerToReport(thrown);
        if (answer === 'broken') return { answer, reason: await withElement(reason, held.id) };
        if (answer !== 'refused') return { answer, reason };
        // 400 is said of another worker's task and of variables that the engine cannot take.
        const task = await inspect(held.id);
        if (typeof task === 'string') return { answer: task, reason };
        return { answer: task.workerId === workerId ? 'faulty' : 'refused', reason };
      }
    },
    readKept: async (task) => {
      const kept = await askForKept(externalTasks, task);
      if (kept !== 'nothing') return kept;
      // Nothing is there where the task has ended, too.
      const now = await inspect(task.id);
      if (typeof now === 'string') return now;
      return now.workerId === workerId && now.retries === task.retries ? kept : 'refused';
    },
    forgetKept: ({ executionId }) => succeeds(externalTasks.forgetLocalVariable(executionId, keptResultVariable)),
    reportOrphan: async ({ orphan, outcome }) => {
      const task = await inspect(orphan.task.id);
      if (task === 'gone') return 'counted';
      if (task === 'unanswered') return task;
      if (task.workerId !== orphan.workerId) return 'foreign';
      // The dead process had told its outcome before it died.
      if (task.retries !== orphan.task.retries) return 'counted';
      try {
        await send(externalTasks, orphan.workerId, orphan.task, outcome);
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

async function send(
  externalTasks: EngineClient['externalTasks'],
  workerId: string,
  task: HeldTask,
  outcome: Outcome,
): Promise<void> {
  if (outcome.kind !== 'failure') {
    const { wasKept = false, ...achieved } = outcome;
    return sendAchieved(externalTasks, workerId, task.id, wasKept ? withoutKept(achieved) : achieved);
  }
  await externalTasks.fail(task.id, workerId, {
    errorMessage: outcome.message.slice(0, longestMessage),
    errorDetails: outcome.details === '' ? outcome.message : outcome.details,
    retries: outcome.retries,
    retryTimeout: outcome.retryInMs,
    ...(outcome.keeps === undefined ? {} : { localVariables: keptVariables(task, outcome.keeps) }),
  });
}

function sendAchieved(
  externalTasks: EngineClient['externalTasks'],
  workerId: string,
  taskId: string,
  achieved: Achieved,
): Promise<void> {
  if (achieved.kind === 'complete')
    return externalTasks.complete(taskId, workerId, achieved.variables, achieved.localVariables);
  return externalTasks.bpmnError(taskId, workerId, achieved);
}

async function askForKept(
  externalTasks: EngineClient['externalTasks'],
  task: HeldTask,
): Promise<Achieved | 'nothing' | 'unanswered'> {
  try {
    return readKeptResult(task, await externalTasks.localVariable(task.executionId, keptResultVariable)) ?? 'nothing';
  } catch (thrown) {
    // Text that is none of ours, or an engine that cannot be asked: there is nothing that could be told.
    const isNone = thrown instanceof SyntaxError || ['refused', 'gone', 'faulty'].includes(answerToReport(thrown));
    return isNone ? 'nothing' : 'unanswered';
  }
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
