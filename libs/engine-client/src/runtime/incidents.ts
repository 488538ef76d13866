import { unlessNotFound } from '../engine-errors.ts';
import { externalTasks } from '../external-tasks.ts';
import type { EngineHttp } from '../http.ts';
import { createGiveTries } from './give-tries.ts';
import { jobs } from './jobs.ts';
import type { Incident } from './incident.ts';

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
