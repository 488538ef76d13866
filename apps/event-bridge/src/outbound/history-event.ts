import { hash } from 'node:crypto';
import { makeEvent, type ProcosEvent } from '@procos/contracts';
import { fromEngineTime } from '@procos/engine-client';

/** Source of every event that comes from the engine's history. */
const engineSource = '/engine';

/** What a row of the history is counted as, to find out whether one was missed. */
export type RowKind = 'process_started' | 'process_ended' | 'activity_started' | 'activity_ended' | 'other';

/** An event with its place among those of the same moment. */
export interface HistoryEvent {
  readonly event: ProcosEvent;
  /** Milliseconds, on the engine's clock. */
  readonly at: number;
  readonly kind: RowKind;
  readonly instanceId: string | undefined;
  /** The engine's own count along the path of execution; what led to something has a lower one. */
  readonly sequence: number;
  /** Place among the events of one activity. */
  readonly step: number;
  /** The activity whose beginning or end it tells. */
  readonly activity?: ActivityPhase | undefined;
}

export interface ActivityPhase {
  readonly id: string;
  readonly phase: 'begun' | 'ended';
}

export interface Published {
  /** What has happened to which row: makes the id, so it never holds a time. */
  readonly identity: readonly [what: string, rowId: string];
  readonly type: readonly string[];
  /** In the engine's form. */
  readonly time: string;
  readonly instanceId: string | undefined;
  readonly kind: RowKind;
  readonly sequence: number;
  readonly step: number;
  readonly activity?: ActivityPhase;
  readonly data: Record<string, unknown>;
}

/** Puts what a row tells into an event. The same row always gives the same id. */
export function historyEvent({ identity, type, time, instanceId, data, ...place }: Published): HistoryEvent {
  const moment = new Date(fromEngineTime(time));
  const event = makeEvent({
    id: eventId(identity),
    source: engineSource,
    type: type.map(word).join('.'),
    time: moment,
    ...(instanceId === undefined ? {} : { subject: instanceId }),
    data,
  });
  return { event, at: moment.getTime(), instanceId, ...place };
}

function eventId([what, rowId]: Published['identity']): string {
  return hash('sha256', `${what}:${rowId}`, 'hex').slice(0, 32);
}

/** Id of the event that tells the beginning of an activity. */
export const activityBegun = (activityInstanceId: string): string => eventId(['activity.started', activityInstanceId]);

/** Most bytes of a word: two of them and what stands around them have room in a routing key. Source: AMQP 0-9-1, short strings hold 255 bytes. */
const longestWord = 100;

/** A dot separates the words of a type, so none may be inside one. The exact names are in the data. */
function word(text: string): string {
  if (text === '') return '_';
  const bytes = Buffer.from(text.replaceAll('.', '_'));
  // A character that is cut in two at the end is left out.
  return bytes.length <= longestWord
    ? bytes.toString()
    : new TextDecoder().decode(bytes.subarray(0, longestWord), { stream: true });
}

/** The order in which events are published: by time, then as the engine has counted, then as one step follows from another. */
export function inOrder(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return events.toSorted((a, b) => a.at - b.at || a.sequence - b.sequence || a.step - b.step);
}
