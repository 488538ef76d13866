import type { EngineHttp } from '../http.ts';

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

/** Jobs, which the engine does by itself. */
export function jobs(http: EngineHttp) {
  return {
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
