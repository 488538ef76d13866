import type { EngineClient } from '@procos/engine-client';
import type { ExtendAnswer } from '../core/messages.ts';
import { type EngineAccess, inspectTask, succeeds } from './engine-requests.ts';
import { keptActions } from './kept-actions.ts';
import { reportActions } from './report-actions.ts';
import { answerToExtension } from './report-answers.ts';
import type { EngineActions } from './engine-actions.ts';

export interface TopicRequests {
  readonly [topic: string]: {
    readonly variables?: readonly string[];
    readonly filter?: Readonly<Record<string, unknown>>;
  };
}

const nothing = 'procos.nothing';

/** @param lockDurationMs length of locks */
export function createEngineActions(
  { externalTasks, repository }: Pick<EngineClient, 'externalTasks' | 'repository'>,
  workerId: string,
  lockDurationMs: number,
  requests: TopicRequests,
): EngineActions {
  const engine = { externalTasks, repository, workerId };
  return {
    ...fetchActions(engine, lockDurationMs, requests),
    ...lockActions(engine, lockDurationMs),
    ...reportActions(engine),
    ...keptActions(engine),
  };
}

function fetchActions(
  { externalTasks, workerId }: EngineAccess,
  lockDurationMs: number,
  requests: TopicRequests,
): Pick<EngineActions, 'fetch' | 'recheck' | 'recall'> {
  const noTask = { maxTasks: 1, topics: [{ topicName: nothing, lockDuration: 1_000 }] };
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
      succeeds(externalTasks.fetchAndLock({ ...noTask, workerId: `${workerId}/recheck`, waitMs, signal })),
    recall: () => succeeds(externalTasks.fetchAndLock({ ...noTask, workerId, waitMs: 1 })),
  };
}

function lockActions(
  engine: EngineAccess,
  lockDurationMs: number,
): Pick<EngineActions, 'extend' | 'relock' | 'inspect' | 'unlock' | 'listLocks'> {
  const { externalTasks, workerId } = engine;
  return {
    extend: (taskId) => extendAnswer(externalTasks.extendLock(taskId, workerId, lockDurationMs)),
    relock: (taskId) => extendAnswer(externalTasks.lock(taskId, workerId, lockDurationMs)),
    inspect: async (taskId) => {
      const task = await inspectTask(engine, taskId);
      return typeof task === 'string' ? task : { isThisWorker: task.workerId === workerId, retries: task.retries };
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

async function extendAnswer(request: Promise<void>): Promise<ExtendAnswer> {
  try {
    await request;
    return 'kept';
  } catch (thrown) {
    return answerToExtension(thrown);
  }
}
