import {
  decodeValue,
  type EngineClient,
  encodeVariables,
  EngineRequestError,
  EngineUnreachableError,
  type FetchRequest,
  type LockedTask,
  type OpenExternalTask,
} from '@procos/engine-client';
import { createFakeFetchQueue, type FakeFetchQueue } from './fake-fetch-queue.ts';
import type { FakeTask, FakeTaskStore } from './fake-task-store.ts';

/** The engine's external-task API over a task store, long polling included. */
export function createFakeExternalTasks(store: FakeTaskStore): EngineClient['externalTasks'] & { created(): void } {
  const queue = createFakeFetchQueue(store, (afterMs, callback) => void setTimeout(callback, afterMs));

  return {
    created: queue.signal,
    fetchAndLock: (request) => fetchAndLock(queue, request),
    get: async (id) => asOpen(store.find(id)),
    complete: async (id, workerId) => void store.complete(id, workerId),
    fail: async (id, workerId, report) => void store.fail(id, workerId, report),
    bpmnError: async (id, workerId) => void store.bpmnError(id, workerId),
    localVariable: async (executionId, name) => localVariable(store, executionId, name),
    forgetLocalVariable: async () => undefined,
    extendLock: async (id, workerId, duration) => store.extendLock(id, workerId, duration),
    lock: async (id, workerId, duration) => store.lock(id, workerId, duration),
    unlock: async (id) => {
      store.unlock(id);
      queue.signal();
    },
    setRetries: async (id, retries) => store.setRetries(id, retries),
    listOf: async (processInstanceIds, maxResults = 500) =>
      [...store.tasks.values()]
        .filter(({ state }) => state === 'open')
        .map(asOpen)
        .filter(({ processInstanceId }) => processInstanceIds.includes(processInstanceId))
        .slice(0, maxResults),
    errorDetails: async (id) => store.find(id).errorMessage ?? '',
    list: async ({ workerId, topicName, locked }) => {
      const held = locked === true && workerId !== undefined ? store.lockedBy(workerId) : [...store.tasks.values()];
      return held
        .filter((task) => task.state === 'open' && (topicName === undefined || task.topic === topicName))
        .map(asOpen);
    },
  };
}

function fetchAndLock(
  queue: FakeFetchQueue,
  { workerId, maxTasks, topics, waitMs = 0, signal }: FetchRequest,
): Promise<readonly LockedTask[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly LockedTask[]>();
  const locks = new Map(topics.map(({ topicName, lockDuration }) => [topicName, lockDuration]));
  const request = { method: 'POST', path: '/external-task/fetchAndLock' };
  queue.fetch({ workerId, maxTasks, topics: locks, waitMs }, (answer) =>
    answer === 'superseded'
      ? reject(new EngineRequestError(request, 503, 'Service Unavailable'))
      : resolve(answer.map(asLocked)),
  );
  signal?.addEventListener('abort', () => reject(new EngineUnreachableError(request, 'fake', signal.reason)));
  return promise;
}

/** As the engine writes and reads it: what comes back is a copy. */
function localVariable(store: FakeTaskStore, executionId: string, name: string): unknown {
  const task = [...store.tasks.values()].find(({ id, state }) => state === 'open' && executionOf(id) === executionId);
  const value = encodeVariables(task?.localVariables ?? {})[name];
  return value === undefined ? undefined : decodeValue(value);
}

function asLocked(task: FakeTask): LockedTask {
  return {
    ...asOpen(task),
    workerId: task.workerId ?? '',
    activityInstanceId: `work:${task.id}`,
    businessKey: null,
    lockExpirationTime: new Date(task.lockedUntil ?? 0).toISOString(),
    createTime: null,
    priority: 0,
    variables: {},
    extensionProperties: task.properties,
  };
}

function asOpen({ id, topic, workerId, lockedUntil, retries, errorMessage }: FakeTask): OpenExternalTask {
  return {
    id,
    topicName: topic,
    activityId: 'work',
    executionId: executionOf(id),
    processInstanceId: `instance:${id}`,
    processDefinitionId: 'fake:1:1',
    processDefinitionKey: 'fake',
    workerId,
    lockExpirationTime: lockedUntil === null ? null : new Date(lockedUntil).toISOString(),
    retries,
    errorMessage,
  };
}

function executionOf(taskId: string): string {
  return `execution:${taskId}`;
}
