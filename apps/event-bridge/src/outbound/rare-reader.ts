import type { DeploymentRecord, EngineClient, HistoricIncident } from '@procos/engine-client';
import { deploymentCreated, incidentEvents, taskFailed } from './instance-events.ts';
import { momentOf, readAfter } from './read-after.ts';
import type { HistoryEvent } from './history-event.ts';
import type { Reading } from './reading.ts';

/** Reads what happens seldom. */
export interface RareReader {
  /** Deployments, incidents that were opened. */
  begun(since: number, limit: number): Promise<Reading>;
  /** Tasks that have failed. */
  failed(since: number): Promise<readonly HistoryEvent[]>;
  /** Incidents that were resolved. */
  ended(since: number, limit: number): Promise<Reading>;
}

export function createRareReader({ history, repository }: EngineClient): RareReader {
  const incidents = (
    after: 'createTimeAfter' | 'endTimeAfter',
    sortBy: 'createTime' | 'endTime',
    timeOf: (row: HistoricIncident) => string | null,
  ) => ({
    ask: (moment: string, maxResults: number) =>
      history.incidents({ [after]: moment, sortBy, sortOrder: 'asc', maxResults }),
    timeOf,
  });
  const opened = incidents('createTimeAfter', 'createTime', ({ createTime }) => createTime);
  const resolved = incidents('endTimeAfter', 'endTime', ({ endTime }) => endTime);
  const deployed = {
    ask: repository.deploymentsAfter,
    timeOf: ({ deploymentTime }: DeploymentRecord) => deploymentTime,
  };
  const failures = failureLog(history);
  return {
    begun: async (since, limit) => {
      const incident = await readAfter(opened, since, limit);
      const deployment = await readAfter(deployed, since, limit);
      const events = [...deployment.rows.map(deploymentCreated), ...incident.rows.flatMap(incidentEvents)];
      return {
        events: events.filter(isOpening),
        completeUntil: Math.min(incident.completeUntil, deployment.completeUntil),
      };
    },
    failed: async (since) => (await failures(since)).map(taskFailed),
    ended: async (since, limit) => {
      const { rows, completeUntil } = await readAfter(resolved, since, limit);
      return { events: rows.flatMap(incidentEvents).filter(({ at }) => at >= since), completeUntil };
    },
  };
}

/** Whether it was resolved is asked later. */
const isOpening = ({ event }: HistoryEvent) => !event.type.endsWith('.resolved');

/** The engine cannot filter this log by time and has no index on it: it is read backwards, and it may take its time. */
function failureLog(history: EngineClient['history']) {
  const size = 200;
  return async (since: number) => {
    const found = [];
    for (;;) {
      const page = await history.taskLog({
        failureLog: true,
        sortBy: 'timestamp',
        sortOrder: 'desc',
        firstResult: found.length,
        maxResults: size,
      });
      const young = page.filter(({ timestamp }) => momentOf(timestamp) >= since);
      found.push(...young);
      if (young.length < size) return found;
    }
  };
}
