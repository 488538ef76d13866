import { EngineRequestError } from '@procos/engine-client';

/** One external task of the fake engine. */
export interface FakeTask {
  readonly id: string;
  readonly topic: string;
  readonly properties: Readonly<Record<string, string>>;
  state: 'open' | 'completed' | 'bpmnError';
  workerId: string | null;
  lockedUntil: number | null;
  /** The lock is the wait for a retry. */
  isResting: boolean;
  retries: number | null;
  errorMessage: string | null;
  /** Variables of its own scope. */
  localVariables: Readonly<Record<string, unknown>>;
  /** Counts the locks given: the number of the lock that is in force. */
  grants: number;
}

interface FakeFailure {
  readonly errorMessage: string;
  readonly retries: number;
  readonly retryTimeout: number;
  readonly localVariables?: Readonly<Record<string, unknown>>;
}

export type FakeTaskStore = ReturnType<typeof createFakeTaskStore>;

/**
 * External tasks as the engine keeps them, on a clock that is handed in. The rules were read in the engine's source
 * (`ExternalTaskEntity`, `HandleExternalTaskCmd`, `FetchExternalTasksCmd`, Camunda 7.24) and are held by the contract
 * suite that the real engine passes too.
 */
export function createFakeTaskStore(now: () => number) {
  const tasks = new Map<string, FakeTask>();
  return {
    tasks,
    find: (id: string): FakeTask => find(tasks, id),
    create: (id: string, topic: string, properties: Readonly<Record<string, string>> = {}): FakeTask => {
      const task = newTask(id, topic, properties);
      tasks.set(id, task);
      return task;
    },
    setRetries: (id: string, retries: number): void => {
      find(tasks, id).retries = retries;
    },
    ...locks(tasks, now),
    ...outcomes(tasks, now),
  };
}

type FakeTasks = ReadonlyMap<string, FakeTask>;

function locks(tasks: FakeTasks, now: () => number) {
  const isLocked = (task: FakeTask) => task.lockedUntil !== null && task.lockedUntil > now();
  const grant = (task: FakeTask, workerId: string, lockDuration: number): FakeTask =>
    Object.assign(task, {
      workerId,
      lockedUntil: now() + lockDuration,
      isResting: false,
      grants: task.grants + 1,
    });
  return {
    fetch: (workerId: string, maxTasks: number, topics: ReadonlyMap<string, number>): readonly FakeTask[] =>
      [...tasks.values()]
        .filter((task) => task.state === 'open' && topics.has(task.topic) && !isLocked(task) && task.retries !== 0)
        .slice(0, maxTasks)
        .map((task) => grant(task, workerId, topics.get(task.topic) ?? 0)),
    extendLock: (id: string, workerId: string, duration: number): void => {
      const task = owned(tasks, id, workerId);
      if (!isLocked(task)) throw refusal(400, `Cannot extend a lock that expired: ${id}`);
      task.lockedUntil = now() + duration;
    },
    lock: (id: string, workerId: string, duration: number): void => {
      const task = find(tasks, id);
      if (isLocked(task) && task.workerId !== workerId)
        throw refusal(400, `External Task ${id} is locked by worker ${String(task.workerId)}`);
      grant(task, workerId, duration);
    },
    unlock: (id: string): void => {
      Object.assign(find(tasks, id), { workerId: null, lockedUntil: null });
    },
    lockedBy: (workerId: string): readonly FakeTask[] =>
      [...tasks.values()].filter((task) => task.state === 'open' && task.workerId === workerId && isLocked(task)),
  };
}

function outcomes(tasks: FakeTasks, now: () => number) {
  return {
    complete: (id: string, workerId: string): FakeTask =>
      Object.assign(owned(tasks, id, workerId), { state: 'completed', localVariables: {} }),
    bpmnError: (id: string, workerId: string): FakeTask =>
      Object.assign(owned(tasks, id, workerId), { state: 'bpmnError', localVariables: {} }),
    /** The lock turns into the wait for the next try; the engine keeps it under the worker's name. */
    fail: (
      id: string,
      workerId: string,
      { errorMessage, retries, retryTimeout, localVariables }: FakeFailure,
    ): FakeTask => {
      const task = owned(tasks, id, workerId);
      return Object.assign(task, {
        retries,
        errorMessage,
        localVariables: { ...task.localVariables, ...localVariables },
        lockedUntil: now() + retryTimeout,
        isResting: true,
      });
    },
  };
}

function newTask(id: string, topic: string, properties: Readonly<Record<string, string>>): FakeTask {
  return {
    id,
    topic,
    properties,
    state: 'open',
    workerId: null,
    lockedUntil: null,
    isResting: false,
    retries: null,
    errorMessage: null,
    localVariables: {},
    grants: 0,
  };
}

function find(tasks: FakeTasks, id: string): FakeTask {
  const task = tasks.get(id);
  if (task === undefined || task.state !== 'open') throw refusal(404, `No external task found for id ${id}`);
  return task;
}

/** The engine compares worker ids only: an expired lock that nobody took is still good for ending the task. */
function owned(tasks: FakeTasks, id: string, workerId: string): FakeTask {
  const task = find(tasks, id);
  if (task.workerId !== workerId)
    throw refusal(
      400,
      `External Task ${id} cannot be handled by worker ${workerId}. It is locked by worker ${String(task.workerId)}.`,
    );
  return task;
}

function refusal(status: number, message: string): EngineRequestError {
  return new EngineRequestError({ method: 'POST', path: '/external-task' }, status, { type: 'RestException', message });
}
