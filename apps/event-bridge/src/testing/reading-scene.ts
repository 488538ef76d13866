import type { ProcosEvent } from '@procos/contracts';
import type { ActivityRow, HistoricInstance, HistoricTaskLogEntry } from '@procos/engine-client';
import { NotConnectedError } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import type { Term } from '@procos/service-directory';
import { cursorText, parseCursor, startingAt } from '../outbound/cursor.ts';
import { createHistoryReader } from '../outbound/history-reader.ts';
import { createNextEvents, type NextEventsOptions } from '../outbound/next-events.ts';
import { publishNext } from '../outbound/publish-next.ts';
import { fakeEngine } from './fake-engine.ts';

const noon = Date.parse('2026-11-23T12:00:00.000Z');
/** A moment in the engine's form, so many milliseconds after noon. */
export const at = (ms: number) => new Date(noon + ms).toISOString().replace('Z', '+0000');

export const instance = (id: string, start: number, end: number | null): HistoricInstance =>
  ({
    id,
    processDefinitionKey: 'ordering',
    startTime: at(start),
    endTime: end === null ? null : at(end),
    state: end === null ? 'ACTIVE' : 'COMPLETED',
    deleteReason: null,
  }) as HistoricInstance;

export const activity = (
  id: string,
  activityId: string,
  sequenceCounter: number,
  [start, end]: readonly [number, number | null],
  more: Partial<ActivityRow> = {},
): ActivityRow =>
  ({
    id,
    activityId,
    activityType: 'serviceTask',
    processDefinitionId: 'ordering:1',
    processDefinitionKey: 'ordering',
    processInstanceId: 'i',
    parentActivityInstanceId: 'i',
    sequenceCounter,
    startTime: at(start),
    endTime: end === null ? null : at(end),
    canceled: false,
    ...more,
  }) as ActivityRow;

export const failure = (activityInstanceId: string, ms: number): HistoricTaskLogEntry =>
  ({
    id: `failure of ${activityInstanceId} at ${ms}`,
    activityInstanceId,
    activityId: 'pay',
    topicName: 'payment',
    timestamp: at(ms),
    processInstanceId: 'i',
    processDefinitionKey: 'ordering',
    externalTaskId: 't',
    workerId: 'w',
    retries: 1,
    errorMessage: 'no',
    failureLog: true,
  }) as HistoricTaskLogEntry;

/** Unless said otherwise, what was published is counted before every reading. */
export type SceneOptions = Partial<Pick<NextEventsOptions, 'countEveryMs' | 'clock' | 'pageRows'>>;

const windowMs = 30_000;
/** A term that nothing ends; the cursor is in the scene. */
const term: Term = {
  lost: new AbortController().signal,
  confirm: async () => undefined,
  read: async () => undefined,
  write: async () => undefined,
  resign: async () => undefined,
};

/** A bridge that reads and publishes, without pauses; the bus takes whatever the scene lets it take. */
export function scene(options: SceneOptions = {}) {
  const engine = fakeEngine();
  const bridge = () =>
    createNextEvents({
      engine: engine.client,
      read: createHistoryReader(engine.client),
      windowMs,
      countEveryMs: 0,
      rareEveryMs: 0,
      ...options,
    });
  let next = bridge();
  let cursor = startingAt(0, windowMs);
  let taken: ProcosEvent[] = [];
  /** Called before the bus takes an event. */
  const bus = { onPublish: (): void => undefined };
  /** @param takes how many of the events given from now on the bus takes before it is away */
  const publishSome = async (takes: number) => {
    taken = [];
    const publish = async (event: ProcosEvent) => {
      bus.onPublish();
      if (taken.length >= takes) throw new NotConnectedError('the broker is away');
      taken.push(event);
    };
    return publishNext(
      {
        nextEvents: next,
        eventBus: { publish },
        logger: silentLogger,
        state: { published: () => undefined },
        windowMs,
      },
      term,
      cursor,
    );
  };
  const read = async () => {
    const { more } = await publishSome(Infinity);
    return { types: taken.map(({ type }) => type), more, events: taken };
  };
  /** The bus takes so many of the events that were read, and is away then. @returns those that it took */
  const readInVain = async (takes: number) => {
    await publishSome(takes).catch((thrown: unknown) => {
      if (!(thrown instanceof NotConnectedError)) throw thrown;
    });
    return taken;
  };
  /** Dies when it has published so many of the events it has read, before it has written that down; the next bridge goes on. */
  const crash = async (toldOf: (found: number) => number) => {
    const { events } = await next(cursor);
    cursor = parseCursor(cursorText(cursor, false), windowMs);
    next = bridge();
    return events.slice(0, toldOf(events.length)).map(({ event }) => event);
  };
  return { engine, bus, read, readInVain, crash, cursor: () => cursor };
}
