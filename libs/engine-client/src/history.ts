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
  readonly processInstanceId: string;
  readonly calledProcessInstanceId: string | null;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationInMillis: number | null;
  readonly canceled: boolean;
}

export interface HistoricTaskLogEntry {
  readonly id: string;
  readonly externalTaskId: string;
  readonly timestamp: string;
  readonly topicName: string;
  readonly workerId: string | null;
  readonly activityId: string;
  readonly processInstanceId: string;
  readonly processDefinitionKey: string;
  readonly retries: number | null;
  readonly errorMessage: string | null;
  readonly creationLog: boolean;
  readonly failureLog: boolean;
  readonly successLog: boolean;
  readonly deletionLog: boolean;
}

interface HistoricVariable extends EngineValue {
  readonly name: string;
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
    instances: (filter: Readonly<Record<string, unknown>>, page: { firstResult?: number; maxResults?: number } = {}): Promise<
      readonly HistoricInstance[]
    > =>
      http.request('POST', '/history/process-instance', {
        json: { sorting: [{ sortBy: 'startTime', sortOrder: 'desc' }], ...filter },
        query: { maxResults: 200, ...page },
      }),
    /** The elements the token passed, oldest first. */
    path: async (processInstanceId: string): Promise<readonly HistoricActivity[]> => {
      const activities = await http.request<HistoricActivity[]>('GET', '/history/activity-instance', {
        query: { processInstanceId, sortBy: 'occurrence', sortOrder: 'asc' },
      });
      return activities.filter((activity) => activity.processInstanceId === processInstanceId);
    },
    /** Also works while the instance runs. */
    variables: async (processInstanceId: string): Promise<Record<string, unknown>> => {
      const rows = await http.request<readonly HistoricVariable[]>('GET', '/history/variable-instance', {
        query: { processInstanceId, deserializeValues: false },
      });
      return Object.fromEntries(rows.map((row) => [row.name, decodeValue(row)]));
    },
    /** External task log, oldest first. */
    taskLog: (query: Query): Promise<readonly HistoricTaskLogEntry[]> =>
      http.request('GET', '/history/external-task-log', { query: { sortBy: 'timestamp', sortOrder: 'asc', ...query } }),
    activities: (query: Query): Promise<readonly HistoricActivity[]> => http.request('GET', '/history/activity-instance', { query }),
  };
}
