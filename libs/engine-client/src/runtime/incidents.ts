import { unlessNotFound } from '../engine-errors.ts';
import { externalTasks } from '../external-tasks.ts';
import type { EngineHttp } from '../http.ts';
import { createGiveTries } from './give-tries.ts';
import { jobs } from './jobs.ts';

/** Something that stopped an instance and waits for a person. Source: Camunda 7 REST API, IncidentDto (fields used here). */
export interface Incident {
  readonly id: string;
  readonly incidentType: string;
  readonly incidentMessage: string | null;
  readonly incidentTimestamp: string;
  readonly processInstanceId: string;
  readonly processDefinitionId: string;
  /** Where it stopped; `null` for what has no instance yet, such as the timer of a start. */
  readonly executionId?: string | null;
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

/** Open incidents. */
export function incidents(http: EngineHttp) {
  return {
    /** Newest first, at most 500 at once. With `firstResult` in the order of their ids: one page after the other holds each once. */
    incidents: (
      query: {
        processInstanceId?: string;
        incidentId?: string;
        rootCauseIncidentId?: string;
        firstResult?: number;
      } = {},
    ): Promise<readonly Incident[]> =>
      http.request('GET', '/incident', {
        query: {
          ...query,
          ...(query.firstResult === undefined
            ? { sortBy: 'incidentTimestamp', sortOrder: 'desc' }
            : { sortBy: 'incidentId', sortOrder: 'asc' }),
          maxResults: 500,
        },
      }),
    /** `undefined` when there is no such incident (any more). */
    incident: (id: string): Promise<Incident | undefined> =>
      unlessNotFound(http.request<Incident>('GET', `/incident/${encodeURIComponent(id)}`)),
    /**
     * Gives the work that an incident stopped new tries, which ends the incident.
     *
     * @returns false when there is nothing that could be tried again: what raised it is neither an external task nor a job
     * @throws EngineRequestError with status 404 when the work is done or its instance has ended
     */
    giveTries: createGiveTries({ task: externalTasks(http).setRetries, job: jobs(http).setJobRetries }),
  };
}
