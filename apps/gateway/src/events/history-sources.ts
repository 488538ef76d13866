import type { ProcosEvent } from '@procos/contracts';
import { type EngineClient, fromEngineTime, toEngineTime } from '@procos/engine-client';
import {
  activityEnded,
  activityStarted,
  incidentOpened,
  incidentResolved,
  processEnded,
  processStarted,
  taskEvent,
} from './history-events.ts';

/** Reads one kind of history row, from a moment on, as events. */
export type HistorySource = (since: Date) => Promise<readonly ProcosEvent[]>;

const pageSize = 1_000;

/** Everything the engine's history tells, in the order in which events of the same millisecond happened. */
export function historySources({ history }: EngineClient): readonly HistorySource[] {
  const ended = <Row extends { readonly endTime: string | null }>(rows: readonly Row[], tell: (row: Row, time: string) => ProcosEvent) =>
    rows.flatMap((row) => (row.endTime === null ? [] : [tell(row, row.endTime)]));
  const instances = (sortBy: string, filter: Readonly<Record<string, unknown>>) =>
    allPages((firstResult) => history.instances({ ...filter, sorting: [{ sortBy, sortOrder: 'asc' }] }, { firstResult, maxResults: pageSize }));
  const activities = (sortBy: string, filter: Readonly<Record<string, string>>) =>
    allPages((firstResult) => history.activities({ ...filter, sortBy, sortOrder: 'asc', firstResult, maxResults: pageSize }));
  const incidents = async (sortBy: string, filter: Readonly<Record<string, string>>) => {
    const rows = await allPages((firstResult) => history.incidents({ ...filter, sortBy, sortOrder: 'asc', firstResult, maxResults: pageSize }));
    // The engine repeats an incident in every calling instance; the first one is the event.
    return rows.filter((row) => row.rootCauseIncidentId === null || row.rootCauseIncidentId === row.id);
  };
  return [
    async (since) => (await instances('startTime', { startedAfter: toEngineTime(since) })).map(processStarted),
    async (since) => (await activities('startTime', { startedAfter: toEngineTime(since) })).map(activityStarted),
    async (since) => (await taskLogSince(history, since)).flatMap((entry) => taskEvent(entry) ?? []),
    async (since) => (await incidents('createTime', { createTimeAfter: toEngineTime(since) })).map(incidentOpened),
    async (since) => ended(await incidents('endTime', { endTimeAfter: toEngineTime(since) }), incidentResolved),
    async (since) => ended(await activities('endTime', { finishedAfter: toEngineTime(since) }), activityEnded),
    async (since) => ended(await instances('endTime', { finishedAfter: toEngineTime(since) }), processEnded),
  ];
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
async function taskLogSince(history: EngineClient['history'], since: Date) {
  const size = 200;
  const found = [];
  for (;;) {
    const page = await history.taskLog({ sortBy: 'timestamp', sortOrder: 'desc', firstResult: found.length, maxResults: size });
    const young = page.filter((entry) => new Date(fromEngineTime(entry.timestamp)) >= since);
    found.push(...young);
    if (young.length < size) return found.toReversed();
  }
}
