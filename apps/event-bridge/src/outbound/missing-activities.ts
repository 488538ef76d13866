import { type ActivityRow, type EngineClient, toEngineTime } from '@procos/engine-client';
import type { HistoryEvent } from './history-event.ts';
import { momentOf } from './read-after.ts';

export interface PartlyRead {
  readonly activities: readonly ActivityRow[];
  /** Tells of tasks that have failed, among others. */
  readonly others: readonly HistoryEvent[];
  /** From when on was read, in milliseconds. */
  readonly since: number;
  /** True when more activities have ended than were read. */
  readonly isCut: boolean;
}

/** Activities remembered; the engine is asked again for one that was forgotten. */
const remembered = 5_000;

/**
 * Finds activities whose beginning must be told before what was read, and that were not read. One may have begun after the
 * question what runs and have ended after the question what has ended; or it has ended so much later than what is inside it
 * that its row is on a page to come. Each is asked for by its id.
 */
export function createMissingActivities({ history }: EngineClient): (read: PartlyRead) => Promise<readonly ActivityRow[]> {
  const found = new Map<string, ActivityRow | undefined>();
  const lookUp = async (id: string): Promise<ActivityRow | undefined> => {
    if (found.has(id)) return found.get(id);
    const row = await findById(history, id);
    const [oldest] = found.keys();
    if (found.size >= remembered && oldest !== undefined) found.delete(oldest);
    found.set(id, row);
    return row;
  };
  return async ({ activities, others, since, isCut }) => {
    const rows = new Map(activities.map((row) => [row.id, row]));
    let missing = without(rows, [...activities.flatMap(scopeOf), ...others.flatMap(activityOf)]);
    // From the innermost scope to the outermost.
    while (missing.length > 0) {
      const more = (await inBatches(missing, lookUp)).filter((row) => row !== undefined);
      for (const row of more) rows.set(row.id, row);
      missing = without(rows, more.flatMap(scopeOf));
    }
    // Whatever has begun before a reading that is complete was told by one before.
    return [...rows.values()].slice(activities.length).filter((row) => isCut || momentOf(row.startTime) >= since);
  };
}

const without = (rows: ReadonlyMap<string, unknown>, ids: readonly string[]) => [...new Set(ids)].filter((id) => !rows.has(id));

/** What an activity is inside of, where that is another activity. */
const scopeOf = ({ parentActivityInstanceId: scope, processInstanceId }: ActivityRow) => (scope === null || scope === processInstanceId ? [] : [scope]);

const activityOf = ({ event: { data } }: HistoryEvent) => (typeof data['activityInstanceId'] === 'string' ? [data['activityInstanceId']] : []);

/** Rows that may share one millisecond. */
const ofOneMoment = 10_000;

/** The answer for one id lacks the engine's count, so it only leads to the moment at which the row is found. */
async function findById(history: EngineClient['history'], id: string): Promise<ActivityRow | undefined> {
  const known = await history.activity(id);
  if (known === undefined) return undefined;
  const justBefore = (time: string) => toEngineTime(new Date(momentOf(time) - 1));
  const rows =
    known.endTime === null
      ? await history.runningActivities(justBefore(known.startTime), ofOneMoment, known.startTime)
      : await history.endedActivities(justBefore(known.endTime), ofOneMoment, known.endTime);
  const row = rows.find((one) => one.id === id);
  // Only its beginning is wanted. Its end comes with its own row: what is inside it may have ended after it was asked for, too.
  return row === undefined ? undefined : { ...row, endTime: null };
}

const atOnce = 8;

async function inBatches<Item, Result>(items: readonly Item[], ask: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce) results.push(...(await Promise.all(items.slice(from, from + atOnce).map(ask))));
  return results;
}
