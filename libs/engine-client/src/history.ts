import { isNotFound } from './engine-errors.ts';
import type { EngineHttp, Query } from './http.ts';
import { decodeValue, type EngineValue } from './variables.ts';

/** Source: Camunda 7 REST API, HistoricProcessInstanceDto (fields used here). */
export interface HistoricInstance {
  readonly id: string;
  readonly businessKey: string | null;
  readonly processDefinitionId: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionName: string | null;
  readonly processDefinitionVersion: number;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationInMillis: number | null;
  readonly superProcessInstanceId: string | null;
  readonly rootProcessInstanceId: string | null;
  readonly deleteReason: string | null;
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'COMPLETED' | 'EXTERNALLY_TERMINATED' | 'INTERNALLY_TERMINATED';
}

export interface HistoricActivity {
  readonly id: string;
  readonly activityId: string;
  readonly activityName: string | null;
  readonly activityType: string;
  readonly processDefinitionKey: string;
  readonly processInstanceId: string;
  /** The instance's own id when the element is not inside a sub-process. */
  readonly parentActivityInstanceId: string | null;
  readonly calledProcessInstanceId: string | null;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationInMillis: number | null;
  readonly canceled: boolean;
}

/** Source: Camunda 7 REST API, OptimizeHistoricActivityInstanceDto (fields used here). */
export interface ActivityRow extends HistoricActivity {
  readonly processDefinitionId: string;
  readonly tenantId: string | null;
  /** Grows along each path of execution: what led to an activity has a lower number. */
  readonly sequenceCounter: number;
}

export interface HistoricTaskLogEntry {
  readonly id: string;
  readonly externalTaskId: string;
  readonly timestamp: string;
  readonly topicName: string;
  readonly workerId: string | null;
  readonly activityId: string;
  readonly activityInstanceId: string;
  readonly processInstanceId: string;
  readonly processDefinitionKey: string;
  readonly retries: number | null;
  readonly errorMessage: string | null;
  readonly creationLog: boolean;
  readonly failureLog: boolean;
  readonly successLog: boolean;
  readonly deletionLog: boolean;
}

/** Source: Camunda 7 REST API, HistoricIncidentDto (fields used here). */
export interface HistoricIncident {
  readonly id: string;
  readonly incidentType: string;
  readonly incidentMessage: string | null;
  readonly createTime: string;
  readonly endTime: string | null;
  readonly processInstanceId: string | null;
  readonly processDefinitionKey: string | null;
  readonly activityId: string | null;
  readonly rootCauseIncidentId: string | null;
}

interface HistoricVariable extends EngineValue {
  readonly name: string;
  readonly activityInstanceId: string;
  readonly createTime: string;
}

export type History = ReturnType<typeof history>;

/** What happened, read from the engine's own history. */
export function history(http: EngineHttp) {
  return {
    /** `undefined` when the engine knows no such instance. */
    instance: async (id: string): Promise<HistoricInstance | undefined> => {
      try {
        return await http.request<HistoricInstance>('GET', `/history/process-instance/${encodeURIComponent(id)}`);
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw thrown;
      }
    },
    /** Filters are those of the engine's REST API. */
    instances: (
      filter: Readonly<Record<string, unknown>>,
      page: { firstResult?: number; maxResults?: number } = {},
    ): Promise<readonly HistoricInstance[]> =>
      http.request('POST', '/history/process-instance', {
        json: { sorting: [{ sortBy: 'startTime', sortOrder: 'desc' }], ...filter },
        query: { maxResults: 200, ...page },
      }),
    /** How many there are of what {@link instances} lists. */
    countMatching: async (filter: Readonly<Record<string, unknown>>): Promise<number> =>
      (await http.request<{ count: number }>('POST', '/history/process-instance/count', { json: filter })).count,
    /** The elements the token passed, oldest first. */
    path: async (processInstanceId: string): Promise<readonly HistoricActivity[]> => {
      const activities = await http.request<HistoricActivity[]>('GET', '/history/activity-instance', {
        query: { processInstanceId, sortBy: 'occurrence', sortOrder: 'asc' },
      });
      return activities.filter((activity) => activity.processInstanceId === processInstanceId);
    },
    /** Variables of the instance itself, not those local to an element. Also works while the instance runs. */
    variables: async (processInstanceId: string): Promise<Record<string, unknown>> => {
      const rows = await http.request<readonly HistoricVariable[]>('GET', '/history/variable-instance', {
        query: { processInstanceId, deserializeValues: false },
      });
      const own = rows.filter((row) => row.activityInstanceId === processInstanceId);
      return Object.fromEntries(own.map((row) => [row.name, decodeValue(row)]));
    },
    /** One variable of several instances, by instance; those that have none are left out. */
    variableOf: async (
      variableName: string,
      processInstanceIdIn: readonly string[],
    ): Promise<ReadonlyMap<string, unknown>> => {
      const rows = await http.request<readonly (HistoricVariable & { readonly processInstanceId: string })[]>(
        'POST',
        '/history/variable-instance',
        {
          json: { variableName, processInstanceIdIn },
          query: { deserializeValues: false },
        },
      );
      const own = rows.filter(({ activityInstanceId, processInstanceId }) => activityInstanceId === processInstanceId);
      return new Map(own.map((row) => [row.processInstanceId, decodeValue(row)]));
    },
    /** External task log, oldest first. */
    taskLog: (query: Query): Promise<readonly HistoricTaskLogEntry[]> =>
      http.request('GET', '/history/external-task-log', { query: { sortBy: 'timestamp', sortOrder: 'asc', ...query } }),
    /** How often a worker has reported a failure of an external task. */
    countTaskFailures: async (externalTaskId: string): Promise<number> =>
      (
        await http.request<{ count: number }>('GET', '/history/external-task-log/count', {
          query: { externalTaskId, failureLog: true },
        })
      ).count,
    /** How often the engine has failed at a job. */
    countJobFailures: async (jobId: string): Promise<number> =>
      (await http.request<{ count: number }>('GET', '/history/job-log/count', { query: { jobId, failureLog: true } }))
        .count,
    activities: (query: Query): Promise<readonly HistoricActivity[]> =>
      http.request('GET', '/history/activity-instance', { query }),
    /** `undefined` when the engine knows no such activity. Its count is not in this answer. */
    activity: async (id: string): Promise<Omit<ActivityRow, 'sequenceCounter'> | undefined> => {
      try {
        return await http.request<Omit<ActivityRow, 'sequenceCounter'>>(
          'GET',
          `/history/activity-instance/${encodeURIComponent(id)}`,
        );
      } catch (thrown) {
        if (isNotFound(thrown)) return undefined;
        throw thrown;
      }
    },
    /** Activities that have ended after a moment, in the order of their ends. @param maxResults at most that many @param finishedAt none later than this */
    endedActivities: (
      finishedAfter: string,
      maxResults: number,
      finishedAt?: string,
    ): Promise<readonly ActivityRow[]> =>
      http.request('GET', '/optimize/activity-instance/completed', {
        query: { finishedAfter, maxResults, ...(finishedAt === undefined ? {} : { finishedAt }) },
      }),
    /** Activities that have begun after a moment and have not ended, in the order of their beginnings. @param maxResults at most that many @param startedAt none later than this */
    runningActivities: (
      startedAfter: string,
      maxResults: number,
      startedAt?: string,
    ): Promise<readonly ActivityRow[]> =>
      http.request('GET', '/optimize/activity-instance/running', {
        query: { startedAfter, maxResults, ...(startedAt === undefined ? {} : { startedAt }) },
      }),
    countActivities: async (query: Query): Promise<number> =>
      (await http.request<{ count: number }>('GET', '/history/activity-instance/count', { query })).count,
    countInstances: async (query: Query): Promise<number> =>
      (await http.request<{ count: number }>('GET', '/history/process-instance/count', { query })).count,
    /** Filters are those of the engine's REST API. */
    incidents: (query: Query): Promise<readonly HistoricIncident[]> =>
      http.request('GET', '/history/incident', { query }),
  };
}
