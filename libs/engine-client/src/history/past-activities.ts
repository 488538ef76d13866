import { unlessNotFound } from '../engine-errors.ts';
import type { ActivityFilter, ActivityQuery } from '../engine-queries.ts';
import { countAt, type EngineHttp } from '../http.ts';

export interface HistoricActivity {
  readonly id: string;
  readonly activityId: string;
  readonly activityName: string | null;
  readonly activityType: string;
  readonly processDefinitionId: string;
  readonly processDefinitionKey: string;
  readonly processInstanceId: string;
  /** The instance's own id when the element is not inside a sub-process. */
  readonly parentActivityInstanceId: string | null;
  readonly calledProcessInstanceId: string | null;
  readonly startTime: string;
  readonly endTime: string | null;
  readonly durationInMillis: number | null;
  readonly canceled: boolean;
  /** Nothing follows it on its path: an end event, an activity without an outgoing flow, one whose error nobody has caught. */
  readonly completeScope?: boolean;
}

/** Source: Camunda 7 REST API, OptimizeHistoricActivityInstanceDto (fields used here). */
export interface ActivityRow extends HistoricActivity {
  readonly tenantId: string | null;
  /** Grows along each path of execution: what led to an activity has a lower number. */
  readonly sequenceCounter: number;
}

/** The elements that instances have passed and stand at. */
export function pastActivities(http: EngineHttp) {
  return {
    /** The elements the token passed, oldest first. */
    path: async (processInstanceId: string): Promise<readonly HistoricActivity[]> => {
      const activities = await http.request<HistoricActivity[]>('GET', '/history/activity-instance', {
        query: { processInstanceId, sortBy: 'occurrence', sortOrder: 'asc' },
      });
      return activities.filter((activity) => activity.processInstanceId === processInstanceId);
    },
    activities: (query: ActivityQuery): Promise<readonly HistoricActivity[]> =>
      http.request('GET', '/history/activity-instance', { query }),
    /** `undefined` when the engine knows no such activity. Its count is not in this answer. */
    activity: (id: string): Promise<Omit<ActivityRow, 'sequenceCounter'> | undefined> =>
      unlessNotFound(
        http.request<Omit<ActivityRow, 'sequenceCounter'>>(
          'GET',
          `/history/activity-instance/${encodeURIComponent(id)}`,
        ),
      ),
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
    countActivities: (query: ActivityFilter): Promise<number> =>
      countAt(http, '/history/activity-instance/count', query),
  };
}
