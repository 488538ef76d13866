import { type ActivityRow, type EngineClient, toEngineTime } from '@procos/engine-client';
import type { HistoryEvent } from './history-event.ts';
import { momentOf } from './read-after.ts';

export interface PartlyRead {
  readonly activities: readonly ActivityRow[];
  /** Tell of tasks that have failed. */
  readonly failures: readonly HistoryEvent[];
  /** Whether the beginning of an activity was published. */
  readonly wasBegun: (activityInstanceId: string) => boolean;
  /** What has begun before this moment was published, in milliseconds. */
  readonly publishedUntil: number;
  /** True when more activities have ended than were read. */
  readonly isCut: boolean;
}

export interface Completed {
  /** Activities that were not read, and begin before something that was. */
  readonly missing: readonly ActivityRow[];
  /** The failures that may be published. */
  readonly failures: readonly HistoryEvent[];
}

/** Activities remembered; the engine is asked again for one that was forgotten. */
const remembered = 5_000;

/**
 * Finds activities whose beginning must be published before what was read, and that were not read. One may have begun after the
 * question what runs and have ended after the question what has ended; or it has ended so much later than what is inside it
 * that its row is on a page to come. Each is asked for by its id.
 */
export function createMissingActivities({ history }: EngineClient): (read: PartlyRead) => Promise<Completed> {
  const found = new Map<string, ActivityRow>();
  const lookUp = async (id: string): Promise<ActivityRow | undefined> => {
    const before = found.get(id);
    if (before !== undefined) return before;
    const row = await findById(history, id);
    // A beginning that was not found may be found next time.
    if (row === undefined) return undefined;
    const [oldest] = found.keys();
    if (found.size >= remembered && oldest !== undefined) found.delete(oldest);
    found.set(id, row);
    return row;
  };
  return async ({ activities, failures, wasBegun, publishedUntil, isCut }) => {
    const rows = new Map(activities.map((row) => [row.id, row]));
    const unknown = (ids: readonly string[]) => [...new Set(ids)].filter((id) => !rows.has(id) && !wasBegun(id));
    const isNew = (row: ActivityRow) => momentOf(row.startTime) >= publishedUntil;
    const failedOnes = await lookUpAll(unknown(failures.flatMap(activityOf)), lookUp);
    // What has begun since the questions what runs and what has ended has a past that was not read either: it is published next time.
    const later = new Set(isCut ? [] : failedOnes.filter(isNew).map(({ id }) => id));
    if (isCut) for (const row of failedOnes) rows.set(row.id, row);
    // From the innermost scope to the outermost.
    for (let ids = unknown([...rows.values()].flatMap(scopeOf)); ids.length > 0; ) {
      const scopes = await lookUpAll(ids, lookUp);
      for (const row of scopes) rows.set(row.id, row);
      ids = unknown(scopes.flatMap(scopeOf));
    }
    return {
      missing: [...rows.values()].slice(activities.length).filter((row) => isCut || isNew(row)),
      failures: failures.filter((one) => !activityOf(one).some((id) => later.has(id))),
    };
  };
}

/** What an activity is inside of, where that is another activity. */
const scopeOf = ({ parentActivityInstanceId: scope, processInstanceId }: ActivityRow) =>
  scope === null || scope === processInstanceId ? [] : [scope];

const activityOf = ({ event: { data } }: HistoryEvent) =>
  typeof data['activityInstanceId'] === 'string' ? [data['activityInstanceId']] : [];

/** Rows that may share one millisecond. */
const ofOneMoment = 10_000;

/** The answer for one id lacks the engine's count, so it only leads to the moment at which the row is found. */
async function findById(history: EngineClient['history'], id: string, attempts = 3): Promise<ActivityRow | undefined> {
  const known = await history.activity(id);
  if (known === undefined) return undefined;
  const justBefore = (time: string) => toEngineTime(new Date(momentOf(time) - 1));
  const rows =
    known.endTime === null
      ? await history.runningActivities(justBefore(known.startTime), ofOneMoment, known.startTime)
      : await history.endedActivities(justBefore(known.endTime), ofOneMoment, known.endTime);
  const row = rows.find((one) => one.id === id);
  // It has ended between the two questions: then the next one finds it among those that have.
  if (row === undefined && known.endTime === null && attempts > 1) return findById(history, id, attempts - 1);
  // Only its beginning is wanted. Its end comes with its own row: what is inside it may have ended after it was asked for, too.
  return row === undefined ? undefined : { ...row, endTime: null };
}

const atOnce = 8;

async function lookUpAll(
  ids: readonly string[],
  lookUp: (id: string) => Promise<ActivityRow | undefined>,
): Promise<readonly ActivityRow[]> {
  const found: (ActivityRow | undefined)[] = [];
  for (let from = 0; from < ids.length; from += atOnce)
    found.push(...(await Promise.all(ids.slice(from, from + atOnce).map(lookUp))));
  return found.filter((row) => row !== undefined);
}
