import type { ActivityRow, EngineClient, HistoricInstance } from '@procos/engine-client';
import { errorOutcomes, type ReadRows } from '@procos/instance-outcome';
import { activityEvents, type TopicOf } from './activity-events.ts';
import type { HistoryEvent } from './history-event.ts';
import { processEnded, processStarted } from './instance-events.ts';
import { createMissingActivities, type PartlyRead } from './missing-activities.ts';
import { createRareReader } from './rare-reader.ts';
import { momentOf, type Page, type Query, readAfter } from './read-after.ts';
import { createTaskTopics } from './task-topics.ts';
import type { Reading } from './reading.ts';

export interface ReadingRequest extends Pick<PartlyRead, 'wasBegun' | 'publishedUntil'> {
  /** From when on, in milliseconds on the engine's clock. */
  readonly since: number;
  /** Rows of one kind at most. */
  readonly limit: number;
  /** Reads what is rare as well (incidents, failed tasks, deployments), from when on. */
  readonly rareSince: number | undefined;
}

/** Reads what the engine's history tells from a moment on. */
export type HistoryReader = (request: ReadingRequest) => Promise<Reading>;

/**
 * The engine has no query for everything at once, and goes on while it is asked. So the questions are asked in such an
 * order that whatever an answer holds, what led to it is in the same or a later answer: the end of an instance first, then
 * what runs, then what has ended, then what has failed, and the beginnings of instances last.
 */
export function createHistoryReader(engine: EngineClient): HistoryReader {
  const topics = createTaskTopics(engine);
  const rare = createRareReader(engine);
  const complete = createMissingActivities(engine);
  const { instancesEnded, running, ended, instancesStarted } = queries(engine);
  return async ({ since, limit, rareSince, wasBegun, publishedUntil }) => {
    const overs = await readAfter(instancesEnded, since, limit);
    const begun = rareSince === undefined ? none : await rare.begun(rareSince, limit);
    const runs = await readAfter(running, since, limit);
    const ends = await readAfter(ended, since, limit);
    const undecided = await endedMeanwhile(ends.rows, overs.rows, () => readAfter(instancesEnded, since, 2 * limit));
    const failed = rareSince === undefined ? [] : await rare.failed(rareSince);
    const { missing, failures } = await complete({
      activities: distinct([...runs.rows, ...ends.rows]),
      failures: failed,
      wasBegun,
      publishedUntil,
      isCut: ends.completeUntil !== Infinity,
    });
    const resolved = rareSince === undefined ? none : await rare.ended(rareSince, limit);
    const starts = await readAfter(instancesStarted, since, limit);
    const activities = distinct([...missing, ...runs.rows, ...ends.rows]);
    await topics.learn(activities);
    const completeUntil = Math.min(...[overs, begun, runs, ends, resolved, starts].map((page) => page.completeUntil));
    const read = { rows: activities, over: overs.rows, modelOf: topics.modelOf, completeUntil };
    const events = [
      ...starts.rows.map(processStarted),
      ...endings(read, topics.topicOf),
      ...begun.events,
      ...failures,
      ...resolved.events,
    ];
    return { events: decided(events, { undecided, activities }), completeUntil };
  };
}

/** Instances that ended after those that are over were read: what has ended them is known only together with that. */
async function endedMeanwhile(
  ends: readonly ActivityRow[],
  overs: readonly HistoricInstance[],
  readAgain: () => Promise<Page<HistoricInstance>>,
): Promise<ReadonlySet<string>> {
  const known = new Set(overs.map(({ id }) => id));
  if (ends.every(({ processInstanceId }) => known.has(processInstanceId))) return new Set();
  const { rows } = await readAgain();
  return new Set(rows.map(({ id }) => id).filter((id) => !known.has(id)));
}

/**
 * The last that such an instance has done is published by the next reading, as if it had been committed a moment later, and with it
 * all that came of it.
 */
function decided(
  events: readonly HistoryEvent[],
  { undecided, activities }: { readonly undecided: ReadonlySet<string>; readonly activities: readonly ActivityRow[] },
): readonly HistoryEvent[] {
  if (undecided.size === 0) return events;
  const rows = Map.groupBy(activities, ({ processInstanceId }) => processInstanceId);
  const until = new Map([...undecided].map((id) => [id, lastStep(rows.get(id) ?? [])] as const));
  return events.filter(({ at, event }) => at < (until.get(event.subject ?? '') ?? Infinity));
}

/** When an instance did the last that an error may have been: its last activity ended, or one was ended for it. */
function lastStep(rows: readonly ActivityRow[]): number {
  const ended = rows.filter(({ endTime }) => endTime !== null);
  const canceled = ended.filter((row) => row.canceled);
  return Math.min(Math.max(...ended.map(endOf)), ...canceled.map(endOf));
}

const endOf = ({ endTime }: ActivityRow) => momentOf(endTime);

/** What activities tell, and what became of the instances that are over. */
function endings(
  read: ReadRows & { readonly rows: readonly ActivityRow[] },
  topicOf: TopicOf,
): readonly HistoryEvent[] {
  const errors = errorOutcomes(read);
  return [
    ...activityEvents(read.rows, topicOf, errors),
    ...read.over.flatMap((row) => processEnded(row, errors.failureOf(row)) ?? []),
  ];
}

/** An activity that has ended between two questions is in both answers: the later one counts. */
const distinct = (rows: readonly ActivityRow[]) => [...new Map(rows.map((row) => [row.id, row])).values()];

const none: Reading = { events: [], completeUntil: Infinity };

interface Queries {
  readonly instancesEnded: Query<HistoricInstance>;
  readonly instancesStarted: Query<HistoricInstance>;
  readonly running: Query<ActivityRow>;
  readonly ended: Query<ActivityRow>;
}

function queries({ history }: EngineClient): Queries {
  const sorted = (sortBy: 'startTime' | 'endTime') => ({ sorting: [{ sortBy, sortOrder: 'asc' }] }) as const;
  return {
    instancesEnded: {
      ask: (finishedAfter, maxResults) => history.instances({ finishedAfter, ...sorted('endTime') }, { maxResults }),
      timeOf: (row) => row.endTime,
    },
    instancesStarted: {
      ask: (startedAfter, maxResults) => history.instances({ startedAfter, ...sorted('startTime') }, { maxResults }),
      timeOf: (row) => row.startTime,
    },
    running: { ask: (after, limit) => history.runningActivities(after, limit), timeOf: (row) => row.startTime },
    ended: { ask: (after, limit) => history.endedActivities(after, limit), timeOf: (row) => row.endTime },
  };
}
