import type { TopicFilter } from './engine-queries.ts';
import type { EngineHttp } from './http.ts';
import { decodeValue, encodeVariables, type EngineValue, type Variables } from './variables.ts';

/** A task the engine has locked for a worker. Source: Camunda 7 REST API, LockedExternalTaskDto (fields used here). */
export interface LockedTask {
  readonly id: string;
  readonly topicName: string;
  readonly workerId: string;
  readonly activityId: string;
  readonly activityInstanceId: string;
  readonly executionId: string;
  readonly processInstanceId: string;
  readonly processDefinitionId: string;
  readonly processDefinitionKey: string;
  readonly businessKey: string | null;
  /** When the lock ends, on the engine's clock. */
  readonly lockExpirationTime: string;
  readonly createTime: string | null;
  /** `null` until the first failure was reported. */
  readonly retries: number | null;
  readonly errorMessage: string | null;
  readonly priority: number;
  readonly variables: Readonly<Record<string, EngineValue>>;
  readonly extensionProperties?: Readonly<Record<string, string>>;
}

export interface TopicRequest {
  readonly topicName: string;
  /** Milliseconds. */
  readonly lockDuration: number;
  /** Only these variables are fetched; `undefined` = all. */
  readonly variables?: readonly string[];
  /** Further fields of the engine's FetchExternalTaskTopicDto, for example `processDefinitionKey` or `tenantIdIn`. */
  readonly filter?: TopicFilter;
}

export interface FetchRequest {
  readonly workerId: string;
  readonly maxTasks: number;
  readonly topics: readonly TopicRequest[];
  /** Long polling: how long the engine may hold the request, in milliseconds. @default no waiting */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

export interface FailureReport {
  readonly errorMessage: string;
  readonly errorDetails?: string;
  readonly retries: number;
  /** Milliseconds until the task may be fetched again. */
  readonly retryTimeout: number;
  /** Variables of the task's own scope: they end with it. */
  readonly localVariables?: Variables;
}

export interface OpenExternalTask {
  readonly id: string;
  readonly topicName: string;
  readonly activityId: string;
  readonly executionId: string;
  readonly processInstanceId: string;
  readonly processDefinitionId: string;
  readonly processDefinitionKey: string;
  readonly workerId: string | null;
  readonly lockExpirationTime: string | null;
  readonly retries: number | null;
  readonly errorMessage: string | null;
}

export type ExternalTasks = ReturnType<typeof externalTasks>;

/** External tasks: fetch, keep and end the work of a topic. */
export function externalTasks(http: EngineHttp) {
  return { ...openTasks(http), ...taskLocks(http), ...taskOutcomes(http), ...taskVariables(http) };
}

function openTasks(http: EngineHttp) {
  return {
    fetchAndLock: ({ workerId, maxTasks, topics, waitMs, signal }: FetchRequest): Promise<readonly LockedTask[]> =>
      http.request('POST', '/external-task/fetchAndLock', {
        json: {
          workerId,
          maxTasks,
          usePriority: true,
          ...(waitMs === undefined ? {} : { asyncResponseTimeout: waitMs }),
          topics: topics.map(({ filter, ...topic }) => ({
            ...filter,
            ...topic,
            deserializeValues: false,
            includeExtensionProperties: true,
          })),
        },
        extraTimeMs: waitMs ?? 0,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** @throws EngineRequestError with status 404 when the task has ended */
    get: (id: string): Promise<OpenExternalTask> => http.request('GET', `/external-task/${encodeURIComponent(id)}`),
    list: (query: {
      processInstanceId?: string;
      workerId?: string;
      topicName?: string;
      locked?: true;
      noRetriesLeft?: true;
    }): Promise<readonly OpenExternalTask[]> => http.request('GET', '/external-task', { query }),
    /** The open tasks of some instances. @param maxResults at most that many */
    listOf: (processInstanceIdIn: readonly string[], maxResults = 500): Promise<readonly OpenExternalTask[]> =>
      http.request('POST', '/external-task', { json: { processInstanceIdIn }, query: { maxResults } }),
    /** What the worker wrote about the last failure, as it wrote it; '' when it wrote nothing. @throws EngineRequestError with status 404 when the task has ended */
    errorDetails: (id: string): Promise<string> =>
      http.request('GET', `/external-task/${encodeURIComponent(id)}/errorDetails`, { accept: 'text/plain' }),
  };
}

function taskLocks(http: EngineHttp) {
  const act = actions(http);
  return {
    /** Locks one given task, which long polling cannot. @param duration milliseconds */
    lock: (id: string, workerId: string, duration: number) => act(id, 'lock', { workerId, lockDuration: duration }),
    extendLock: (id: string, workerId: string, newDuration: number) => act(id, 'extendLock', { workerId, newDuration }),
    unlock: (id: string) => act(id, 'unlock', {}),
    setRetries: (id: string, retries: number) =>
      http.request<void>('PUT', `/external-task/${encodeURIComponent(id)}/retries`, { json: { retries } }),
  };
}

function taskOutcomes(http: EngineHttp) {
  const act = actions(http);
  return {
    complete: (id: string, workerId: string, variables: Variables = {}, localVariables: Variables = {}) =>
      act(id, 'complete', {
        workerId,
        variables: encodeVariables(variables),
        localVariables: encodeVariables(localVariables),
      }),
    /** Retries 0 opens an incident. */
    fail: (id: string, workerId: string, { localVariables, ...report }: FailureReport) =>
      act(id, 'failure', {
        workerId,
        ...report,
        ...(localVariables === undefined ? {} : { localVariables: encodeVariables(localVariables) }),
      }),
    bpmnError: (id: string, workerId: string, error: { code: string; message: string; variables?: Variables }) =>
      act(id, 'bpmnError', {
        workerId,
        errorCode: error.code,
        errorMessage: error.message,
        variables: encodeVariables(error.variables ?? {}),
      }),
  };
}

function taskVariables(http: EngineHttp) {
  return {
    /**
     * A variable of the task's own scope; one of the same name in an outer scope is not taken for it.
     *
     * @returns `undefined` when there is none, or no such task any more
     */
    localVariable: async (executionId: string, name: string): Promise<unknown> => {
      const query = { executionIdIn: executionId, variableName: name, deserializeValues: false };
      const [row] = await http.request<readonly EngineValue[]>('GET', '/variable-instance', { query });
      return row === undefined ? undefined : decodeValue(row);
    },
    /** Takes a variable of a task's own scope out of the engine's history; of the running instance it must be gone already. */
    forgetLocalVariable: async (executionId: string, name: string): Promise<void> => {
      const query = { executionIdIn: executionId, variableName: name, deserializeValues: false };
      const rows = await http.request<readonly { readonly id: string }[]>('GET', '/history/variable-instance', {
        query,
      });
      for (const { id } of rows)
        await http.request<void>('DELETE', `/history/variable-instance/${encodeURIComponent(id)}`);
    },
  };
}

function actions(http: EngineHttp) {
  return (id: string, verb: string, json: object) =>
    http.request<void>('POST', `/external-task/${encodeURIComponent(id)}/${verb}`, { json });
}
