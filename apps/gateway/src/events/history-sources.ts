import type { ProcosEvent } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type HistoricTaskLogEntry, toEngineTime } from '@procos/engine-client';
import {
  activityEnded,
  activityStarted,
  incidentOpened,
  incidentResolved,
  processEnded,
  processStarted,
  taskEvent,
} from './history-events.ts';

/** An event with its place among those of the same millisecond. */
export interface RankedEvent {
  readonly event: ProcosEvent;
  /** Lower comes first; events of the same rank stay in the order in which they were read. */
  readonly rank: number;
}

/** Reads one kind of history row, from a moment on. */
export type HistorySource = (since: Date) => Promise<readonly RankedEvent[]>;

/** The order in which things happen within one step of the engine: work ends, its element ends, the next begins, asks for work. */
const ranks = {
  processStarted: 0,
  workEnded: 1,
  activityEnded: 2,
  activityStarted: 3,
  workAsked: 4,
  processEnded: 5,
} as const;

const pageSize = 1_000;

/** Everything the engine's history tells. */
export function historySources({ history }: EngineClient): readonly HistorySource[] {
  return [...processSources(history), ...activitySources(history), ...incidentSources(history), taskSource(history)];
}

type History = EngineClient['history'];

function processSources(history: History): readonly HistorySource[] {
  const read = (sortBy: string, filter: Readonly<Record<string, string>>) =>
    allPages((firstResult) =>
      history.instances({ ...filter, sorting: [{ sortBy, sortOrder: 'asc' }] }, { firstResult, maxResults: pageSize }),
    );
  return [
    async (since) => {
      const rows = await read('startTime', { startedAfter: toEngineTime(since) });
      return rows.map((row) => ({ event: processStarted(row), rank: ranks.processStarted }));
    },
    async (since) => {
      const rows = await read('endTime', { finishedAfter: toEngineTime(since) });
      return rows.flatMap((row) =>
        row.endTime === null ? [] : [{ event: processEnded(row, row.endTime), rank: ranks.processEnded }],
      );
    },
  ];
}

function activitySources(history: History): readonly HistorySource[] {
  const read = (sortBy: string, filter: Readonly<Record<string, string>>) =>
    allPages((firstResult) =>
      history.activities({ ...filter, sortBy, sortOrder: 'asc', firstResult, maxResults: pageSize }),
    );
  return [
    async (since) => {
      const rows = await read('occurrence', { startedAfter: toEngineTime(since) });
      // An element that ends in the millisecond in which it begins ends before the next one begins.
      return rows.flatMap((row) => {
        const events = [
          activityStarted(row),
          ...(row.endTime === row.startTime ? [activityEnded(row, row.endTime)] : []),
        ];
        return events.map((event) => ({ event, rank: ranks.activityStarted }));
      });
    },
    async (since) => {
      const rows = await read('endTime', { finishedAfter: toEngineTime(since) });
      const later = rows.flatMap((row) =>
        row.endTime === null || row.endTime === row.startTime ? [] : [activityEnded(row, row.endTime)],
      );
      return later.map((event) => ({ event, rank: ranks.activityEnded }));
    },
  ];
}

function incidentSources(history: History): readonly HistorySource[] {
  const read = async (sortBy: string, filter: Readonly<Record<string, string>>) => {
    const rows = await allPages((firstResult) =>
      history.incidents({ ...filter, sortBy, sortOrder: 'asc', firstResult, maxResults: pageSize }),
    );
    // The engine repeats an incident in every calling instance; the first one is the event.
    return rows.filter((row) => row.rootCauseIncidentId === null || row.rootCauseIncidentId === row.id);
  };
  return [
    async (since) => {
      const rows = await read('createTime', { createTimeAfter: toEngineTime(since) });
      return rows.map((row) => ({ event: incidentOpened(row), rank: ranks.workAsked }));
    },
    async (since) => {
      const rows = await read('endTime', { endTimeAfter: toEngineTime(since) });
      return rows.flatMap((row) =>
        row.endTime === null ? [] : [{ event: incidentResolved(row, row.endTime), rank: ranks.workEnded }],
      );
    },
  ];
}

function taskSource(history: History): HistorySource {
  return async (since) => {
    const entries = await taskLogSince(history, since);
    return entries.flatMap((entry) => {
      const event = taskEvent(entry);
      return event === undefined ? [] : [{ event, rank: entry.creationLog ? ranks.workAsked : ranks.workEnded }];
    });
  };
}

async function allPages<Row>(read: (firstResult: number) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await read(rows.length);
    rows.push(...page);
    if (page.length < pageSize) return rows;
  }
}

/** The engine cannot filter this log by time: it is read backwards until it is old enough. */
async function taskLogSince(history: History, since: Date): Promise<readonly HistoricTaskLogEntry[]> {
  const size = 200;
  const found: HistoricTaskLogEntry[] = [];
  for (;;) {
    const page = await history.taskLog({
      sortBy: 'timestamp',
      sortOrder: 'desc',
      firstResult: found.length,
      maxResults: size,
    });
    const young = page.filter((entry) => new Date(fromEngineTime(entry.timestamp)) >= since);
    found.push(...young);
    if (young.length < size) return found.toReversed();
  }
}
