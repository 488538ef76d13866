import type { EventEmitter } from 'node:events';
import type { EngineClient, LockedTask } from '@procos/engine-client';
import { type ServedTopic, thrownResult } from '@procos/task-worker/topic-worker';
import { createOfficialAttempt, emit, type OfficialAttempt } from './official-attempt.ts';
import type {
  OfficialHandler,
  OfficialTask,
  OfficialTaskService,
  OfficialTopicSubscription,
} from './official-package.ts';
import { createTaskService, type OfficialAttempts } from './official-task-service.ts';
import { officialTask } from './official-variables.ts';

export interface OfficialTopicContext {
  readonly client: EngineClient;
  /** The client, which emits what happens to tasks. */
  readonly events: EventEmitter;
  readonly engineService: unknown;
  readonly attempts: OfficialAttempts;
}

/** Serves a topic with a handler written for the official client. What it reports by the task service is the attempt's outcome. */
export function officialTopic(
  topic: string,
  { handler, variables, lockDuration, unsubscribe: _, ...filter }: OfficialTopicSubscription,
  context: OfficialTopicContext,
): ServedTopic {
  const { client, events, engineService, attempts } = context;
  /** By the object that the runtime got for it: a task may be in work again while a former attempt at it still ends. */
  const own = new Map<LockedTask, OfficialAttempt>();
  return {
    topic,
    filter,
    ...(variables === undefined ? {} : { variables }),
    attempt: (locked) =>
      new Promise((resolve) => {
        const attempt = createOfficialAttempt(locked, events, lockDuration, resolve);
        own.set(locked, attempt);
        attempts.set(locked.id, attempt);
        void callHandler(
          handler,
          () => officialTask(locked, engineService),
          createTaskService(attempts, client, attempt),
          attempt,
          events,
        ).catch((thrown: unknown) => resolve(thrownResult(thrown)));
      }),
    ended: (locked, end, outcome) => {
      const attempt = own.get(locked);
      if (attempt === undefined) return;
      own.delete(locked);
      if (attempts.get(locked.id) === attempt) attempts.delete(locked.id);
      attempt.ended(end, outcome);
    },
  };
}

/** @throws what the handler throws, which is a failure: the official client leaves the task to its lock then */
async function callHandler(
  handler: OfficialHandler,
  task: () => OfficialTask,
  taskService: OfficialTaskService,
  attempt: OfficialAttempt,
  events: EventEmitter,
): Promise<void> {
  try {
    await handler({ task: task(), taskService });
    emit(events, 'handler:success', attempt.locked);
    attempt.handlerEnded();
  } catch (thrown) {
    emit(events, 'handler:error', thrown);
    throw thrown;
  }
}
