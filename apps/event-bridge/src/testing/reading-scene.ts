import type { ActivityRow, HistoricInstance, HistoricTaskLogEntry } from '@procos/engine-client';
import { cursorText, parseCursor, startingAt } from '../outbound/cursor.ts';
import { createHistoryReader } from '../outbound/history-reader.ts';
import { createNextEvents } from '../outbound/next-events.ts';
import { fakeEngine } from './fake-engine.ts';

const noon = Date.parse('2026-11-23T12:00:00.000Z');
/** A moment in the engine's form, so many milliseconds after noon. */
export const at = (ms: number) => new Date(noon + ms).toISOString().replace('Z', '+0000');

export const instance = (id: string, start: number, end: number | null): HistoricInstance =>
  ({ id, processDefinitionKey: 'ordering', startTime: at(start), endTime: end === null ? null : at(end), state: end === null ? 'ACTIVE' : 'COMPLETED', deleteReason: null }) as HistoricInstance;

export const activity = (id: string, activityId: string, sequenceCounter: number, [start, end]: readonly [number, number | null], more: Partial<ActivityRow> = {}): ActivityRow =>
  ({ id, activityId, activityType: 'serviceTask', processDefinitionId: 'ordering:1', processDefinitionKey: 'ordering', processInstanceId: 'i', parentActivityInstanceId: 'i', sequenceCounter, startTime: at(start), endTime: end === null ? null : at(end), canceled: false, ...more }) as ActivityRow;

export const failure = (activityInstanceId: string, ms: number): HistoricTaskLogEntry =>
  ({ id: `failure of ${activityInstanceId} at ${ms}`, activityInstanceId, activityId: 'pay', topicName: 'payment', timestamp: at(ms), processInstanceId: 'i', processDefinitionKey: 'ordering', externalTaskId: 't', workerId: 'w', retries: 1, errorMessage: 'no', failureLog: true }) as HistoricTaskLogEntry;

export interface SceneOptions {
  /** Time between two countings, in milliseconds. @default 0: before every reading */
  readonly countEveryMs?: number;
  /** Time that passes, in milliseconds. @default performance.now */
  readonly clock?: () => number;
}

/** Reads as the outbox does: what was found counts as told. */
export function scene({ countEveryMs = 0, clock }: SceneOptions = {}) {
  const windowMs = 30_000;
  const engine = fakeEngine();
  const bridge = () => createNextEvents({ engine: engine.client, read: createHistoryReader(engine.client), windowMs, countEveryMs, rareEveryMs: 0, ...(clock === undefined ? {} : { clock }) });
  let next = bridge();
  let cursor = startingAt(0);
  const read = async () => {
    const { events, newest, more } = await next(cursor);
    for (const event of events) cursor.told.add(event);
    cursor.newest = newest;
    cursor.told.forgetBefore(newest - 2 * windowMs);
    if (!more) cursor.rareRead = newest;
    return { types: events.map(({ event }) => event.type), more, events };
  };
  /** Dies when it has told so many of the events it has read, before it has written that down; the next bridge goes on. */
  const crash = async (toldOf: (found: number) => number) => {
    const { events } = await next(cursor);
    cursor = parseCursor(cursorText(cursor, false));
    next = bridge();
    return events.slice(0, toldOf(events.length));
  };
  return { engine, read, crash, cursor: () => cursor };
}
