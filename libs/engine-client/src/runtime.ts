import { isNotFound } from './engine-errors.ts';
import type { Download, EngineHttp } from './http.ts';
import { type FileContent, fileUpload } from './multipart.ts';
import { decodeVariables, encodeVariables, type EngineValue, type Variables } from './variables.ts';

export interface StartRequest {
  readonly variables?: Variables;
  readonly businessKey?: string;
  /** Start this tenant's version. @default that of no tenant */
  readonly tenantId?: string;
}

export interface StartedInstance {
  readonly id: string;
  readonly definitionId: string;
  readonly businessKey: string | null;
}

export interface MessageRequest {
  readonly messageName: string;
  readonly businessKey?: string | undefined;
  readonly processInstanceId?: string | undefined;
  /** Variables by whose values the one that waits is found. */
  readonly correlationKeys?: Variables | undefined;
  /** `null` = only what belongs to no tenant. @default whichever tenant waits for it */
  readonly tenantId?: string | null | undefined;
  readonly variables?: Variables | undefined;
}

export interface MessageResult {
  readonly resultType: 'ProcessDefinition' | 'Execution';
  /** Set when the message started an instance. */
  readonly processInstance: { readonly id: string; readonly definitionId: string } | null;
  readonly execution: { readonly processInstanceId: string } | null;
}

/** Something that stopped an instance and waits for a person. Source: Camunda 7 REST API, IncidentDto (fields used here). */
export interface Incident {
  readonly id: string;
  readonly incidentType: string;
  readonly incidentMessage: string | null;
  readonly incidentTimestamp: string;
  readonly processInstanceId: string;
  readonly processDefinitionId: string;
  readonly activityId: string;
  /** The element that failed, when the engine knows: also one of a process that `activityId` was about to call, or of a later step of the same transaction. */
  readonly failedActivityId?: string | null;
  /** For `failedExternalTask` the external task's id, for `failedJob` the job's. */
  readonly configuration: string | null;
  /** The incident of the called instance that led to this one: its own id where it began. */
  readonly causeIncidentId?: string | null;
  /** The incident it all began with: its own id, unless the engine raised this one in a calling instance. */
  readonly rootCauseIncidentId: string;
}

/** Somebody who waits for a message or a signal. Source: Camunda 7 REST API, EventSubscriptionDto (fields used here). */
export interface EventSubscription {
  readonly eventName: string | null;
  /** `null` for the start event of a process. */
  readonly processInstanceId: string | null;
  readonly activityId: string | null;
}

/** Work the engine does by itself: timers and asynchronous steps. Source: Camunda 7 REST API, JobDto (fields used here). */
export interface Job {
  readonly id: string;
  readonly jobDefinitionId: string | null;
  readonly processInstanceId: string | null;
  /** When a timer is due; `null` for a step that is due at once. */
  readonly dueDate: string | null;
  readonly retries: number;
  readonly exceptionMessage: string | null;
}

export type Runtime = ReturnType<typeof runtime>;

/** Running instances, messages, incidents. */
export function runtime(http: EngineHttp) {
  const instance = (id: string) => `/process-instance/${encodeURIComponent(id)}`;
  const start = (definition: string, { variables = {}, businessKey }: StartRequest): Promise<StartedInstance> =>
    http.request('POST', `${definition}/start`, {
      json: { variables: encodeVariables(variables), ...(businessKey === undefined ? {} : { businessKey }) },
    });
  const correlations = (
    { messageName, businessKey, processInstanceId, correlationKeys, tenantId, variables = {} }: MessageRequest,
    all: boolean,
  ): Promise<readonly MessageResult[]> =>
    http.request('POST', '/message', {
      json: {
        messageName,
        ...(businessKey === undefined ? {} : { businessKey }),
        ...(processInstanceId === undefined ? {} : { processInstanceId }),
        ...(correlationKeys === undefined ? {} : { correlationKeys: encodeVariables(correlationKeys) }),
        ...(tenantId === undefined ? {} : tenantId === null ? { withoutTenantId: true } : { tenantId }),
        processVariables: encodeVariables(variables),
        ...(all ? { all } : {}),
        resultEnabled: true,
      },
    });
  return {
    /** Starts the newest version. */
    startByKey: (key: string, request: StartRequest = {}) => {
      const tenant = request.tenantId === undefined ? '' : `/tenant-id/${encodeURIComponent(request.tenantId)}`;
      return start(`/process-definition/key/${encodeURIComponent(key)}${tenant}`, request);
    },
    /** Starts one given version. */
    startById: (definitionId: string, request: StartRequest = {}) =>
      start(`/process-definition/${encodeURIComponent(definitionId)}`, request),
    /** @throws EngineRequestError with status 400 when nothing waits for the message, or more than one thing does */
    correlate: async (message: MessageRequest): Promise<MessageResult> => {
      const [result] = await correlations(message, false);
      if (result === undefined) throw new TypeError(`The engine correlated ${message.messageName} and named no result`);
      return result;
    },
    /** The same to everybody who waits for it. @returns one result for each; none when nobody waits */
    correlateAll: (message: MessageRequest): Promise<readonly MessageResult[]> => correlations(message, true),
    /** To everybody who waits for it; nobody waiting is no failure. */
    sendSignal: (name: string, variables: Variables = {}): Promise<void> =>
      http.request('POST', '/signal', { json: { name, variables: encodeVariables(variables) } }),
    /** Who waits for messages and signals, those of start events included. */
    eventSubscriptions: (query: {
      eventType: 'message' | 'signal';
      eventName?: string;
      processInstanceId?: string;
    }): Promise<readonly EventSubscription[]> =>
      http.request('GET', '/event-subscription', {
        query: { ...query, sortBy: 'created', sortOrder: 'asc', maxResults: 500 },
      }),
    instances: (query: {
      processDefinitionKey?: string;
      businessKey?: string;
    }): Promise<readonly { id: string; definitionId: string; businessKey: string | null }[]> =>
      http.request('GET', '/process-instance', { query: { ...query, active: true } }),
    variables: async (id: string): Promise<Record<string, unknown>> =>
      decodeVariables(
        await http.request<Record<string, EngineValue>>('GET', `${instance(id)}/variables`, {
          query: { deserializeValues: false },
        }),
      ),
    /** One variable in the engine's wire form; the content of a file is left out. @throws EngineRequestError with status 404 when there is none */
    variable: (id: string, name: string): Promise<EngineValue> =>
      http.request('GET', `${instance(id)}/variables/${encodeURIComponent(name)}`, {
        query: { deserializeValue: false },
      }),
    /**
     * The bytes of a variable of type File or Bytes; the caller reads or destroys the body.
     *
     * @param extraTimeMs how much longer than an ordinary request the whole download may take, in milliseconds
     * @throws EngineRequestError with status 404 when there is no such variable, 400 when it is of another type
     */
    variableData: (
      id: string,
      name: string,
      options: { readonly signal?: AbortSignal; readonly extraTimeMs?: number } = {},
    ): Promise<Download> => http.download(`${instance(id)}/variables/${encodeURIComponent(name)}/data`, options),
    /**
     * Puts a file into a variable of an instance, of type File. Its bytes are sent as they are read.
     *
     * @param extraTimeMs how much longer than an ordinary request it may take, in milliseconds
     * @throws EngineRequestError with status 404 when there is no such instance
     */
    putFile: (
      id: string,
      name: string,
      file: FileContent,
      options: { readonly signal?: AbortSignal; readonly extraTimeMs?: number } = {},
    ): Promise<void> =>
      http.request('POST', `${instance(id)}/variables/${encodeURIComponent(name)}/data`, {
        upload: fileUpload(file),
        ...options,
      }),
    /** Sets variables of a running instance. @throws EngineRequestError with status 404 or 500 when there is no such instance */
    setVariables: (id: string, variables: Variables): Promise<void> =>
      http.request('POST', `${instance(id)}/variables`, { json: { modifications: encodeVariables(variables) } }),
    /** Variables that exist in one execution only, such as the input parameters of a task. */
    localVariables: async (executionId: string): Promise<Record<string, unknown>> =>
      decodeVariables(
        await http.request<Record<string, EngineValue>>(
          'GET',
          `/execution/${encodeURIComponent(executionId)}/localVariables`,
          {
            query: { deserializeValues: false },
          },
        ),
      ),
    /** Ends an instance and the instances it calls; its history keeps the reason. */
    deleteInstance: (id: string, reason: string): Promise<void> =>
      http.request('POST', '/process-instance/delete', {
        json: { processInstanceIds: [id], deleteReason: reason, skipCustomListeners: true, skipSubprocesses: false },
      }),
    terminateInstance: (id: string): Promise<void> =>
      http.request('DELETE', instance(id), { query: { skipSubprocesses: false } }),
    /** Newest first, at most 500 at once. */
    incidents: (
      query: {
        processInstanceId?: string;
        incidentId?: string;
        rootCauseIncidentId?: string;
        firstResult?: number;
      } = {},
    ): Promise<readonly Incident[]> =>
      http.request('GET', '/incident', {
        query: { ...query, sortBy: 'incidentTimestamp', sortOrder: 'desc', maxResults: 500 },
      }),
    /** `undefined` when there is no such incident (any more). */
    incident: async (id: string): Promise<Incident | undefined> => {
      try {
        return await http.request<Incident>('GET', `/incident/${encodeURIComponent(id)}`);
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw thrown;
      }
    },
    /** Number of running instances, called ones included. */
    countInstances: async (
      query: { processDefinitionKey?: string; processDefinitionId?: string; deploymentId?: string } = {},
    ): Promise<number> => (await http.request<{ count: number }>('GET', '/process-instance/count', { query })).count,
    jobs: (query: {
      processInstanceId?: string;
      processDefinitionId?: string;
      activityId?: string;
      timers?: true;
    }): Promise<readonly Job[]> => http.request('GET', '/job', { query }),
    /** Runs a job now, also a timer that is not due yet. */
    executeJob: (id: string): Promise<void> =>
      http.request('POST', `/job/${encodeURIComponent(id)}/execute`, { json: {} }),
    /** The Java stack trace of a job's last failure. @throws EngineRequestError with status 404 when the job is done */
    jobStacktrace: (jobId: string): Promise<string> =>
      http.request('GET', `/job/${encodeURIComponent(jobId)}/stacktrace`, { accept: 'text/plain' }),
    setJobRetries: (jobId: string, retries: number): Promise<void> =>
      http.request('PUT', `/job/${encodeURIComponent(jobId)}/retries`, { json: { retries } }),
  };
}
