import { countAt, type EngineHttp, type Query } from '../http.ts';

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
  readonly executionId?: string | null;
  readonly activityId: string | null;
  /** For `failedExternalTask` the external task's id, for `failedJob` the job's. */
  readonly configuration: string | null;
  readonly rootCauseIncidentId: string | null;
}

/** What was tried, what failed and what was raised for it. */
export function pastFailures(http: EngineHttp) {
  return {
    /** External task log, oldest first. */
    taskLog: (query: Query): Promise<readonly HistoricTaskLogEntry[]> =>
      http.request('GET', '/history/external-task-log', { query: { sortBy: 'timestamp', sortOrder: 'asc', ...query } }),
    /** How often a worker has reported a failure of an external task. */
    countTaskFailures: (externalTaskId: string): Promise<number> =>
      countAt(http, '/history/external-task-log/count', { externalTaskId, failureLog: true }),
    /** How often the engine has failed at a job. */
    countJobFailures: (jobId: string): Promise<number> =>
      countAt(http, '/history/job-log/count', { jobId, failureLog: true }),
    countIncidents: (query: Query): Promise<number> => countAt(http, '/history/incident/count', query),
    /** Filters are those of the engine's REST API. */
    incidents: (query: Query): Promise<readonly HistoricIncident[]> =>
      http.request('GET', '/history/incident', { query }),
  };
}
