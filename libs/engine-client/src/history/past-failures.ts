import type { IncidentFilter, IncidentQuery, TaskLogQuery } from '../engine-queries.ts';
import { countAt, type EngineHttp } from '../http.ts';

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
  readonly causeIncidentId?: string | null;
  readonly rootCauseIncidentId: string | null;
  readonly processDefinitionId?: string | null;
  readonly failedActivityId?: string | null;
  /** The entry of the log of external tasks or jobs that tells the failure. */
  readonly historyConfiguration?: string | null;
}

/** Rows of one answer, at most. */
const rowsPerQuery = 1_000;

/** What was tried, what failed and what was raised for it. */
export function pastFailures(http: EngineHttp) {
  return {
    /** External task log, oldest first. */
    taskLog: (query: TaskLogQuery): Promise<readonly HistoricTaskLogEntry[]> =>
      http.request('GET', '/history/external-task-log', { query: { sortBy: 'timestamp', sortOrder: 'asc', ...query } }),
    /** How often workers have reported a failure, by external task. @param executionIds of the tasks */
    taskFailures: (executionIds: readonly string[]): Promise<ReadonlyMap<string, number>> =>
      failuresBy<{ readonly externalTaskId: string }>(
        http,
        '/history/external-task-log',
        executionIds,
        (row) => row.externalTaskId,
      ),
    /** How often the engine has failed, by job. @param executionIds of the jobs */
    jobFailures: (executionIds: readonly string[]): Promise<ReadonlyMap<string, number>> =>
      failuresBy<{ readonly jobId: string }>(http, '/history/job-log', executionIds, (row) => row.jobId),
    /** What a worker wrote about a failure that the log of external tasks tells; '' when it wrote nothing. @throws EngineRequestError with status 404 when the log does not have it */
    taskFailureDetails: async (logId: string): Promise<string> =>
      (await http.request<string | undefined>(
        'GET',
        `/history/external-task-log/${encodeURIComponent(logId)}/error-details`,
        { accept: 'text/plain' },
      )) ?? '',
    /** The Java stack trace of a failure that the log of jobs tells. @throws EngineRequestError with status 404 when the log does not have it */
    jobFailureStacktrace: async (logId: string): Promise<string> =>
      (await http.request<string | undefined>('GET', `/history/job-log/${encodeURIComponent(logId)}/stacktrace`, {
        accept: 'text/plain',
      })) ?? '',
    countIncidents: (query: IncidentFilter): Promise<number> => countAt(http, '/history/incident/count', query),
    /** Filters are those of the engine's REST API. */
    incidents: (query: IncidentQuery): Promise<readonly HistoricIncident[]> =>
      http.request('GET', '/history/incident', { query }),
  };
}

async function failuresBy<Row>(
  http: EngineHttp,
  path: string,
  executionIdIn: readonly string[],
  idOf: (row: Row) => string,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let firstResult = 0; executionIdIn.length > 0; firstResult += rowsPerQuery) {
    const rows = await http.request<readonly Row[]>('POST', path, {
      json: { executionIdIn, failureLog: true, sorting: [{ sortBy: 'timestamp', sortOrder: 'asc' }] },
      query: { firstResult, maxResults: rowsPerQuery },
    });
    for (const row of rows) counts.set(idOf(row), (counts.get(idOf(row)) ?? 0) + 1);
    if (rows.length < rowsPerQuery) break;
  }
  return counts;
}
