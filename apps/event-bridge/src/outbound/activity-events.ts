import type { ActivityRow } from '@procos/engine-client';
import type { ErrorOutcomes } from '@procos/instance-outcome';
import { type ActivityPhase, type HistoryEvent, historyEvent } from './history-event.ts';

/** Topic of an activity that is a task for workers; undefined for all others. */
export type TopicOf = (row: ActivityRow) => string | undefined;

/** Places among the events of one activity: it begins, asks for work, the work ends, it ends. */
const steps = { started: 0, created: 1, workEnded: 2, ended: 3 } as const;

/**
 * What activities tell: that they began and ended, and, where they are tasks for workers, that the task was created and
 * what became of it.
 *
 * @param rows of one reading, each activity once
 * @param errors what errors have done, by the same rows
 */
export function activityEvents(
  rows: readonly ActivityRow[],
  topicOf: TopicOf,
  { errorOf }: Pick<ErrorOutcomes, 'errorOf'>,
): readonly HistoryEvent[] {
  const lastInside = lastSequenceInside(rows);
  return rows.flatMap((row) => {
    const topic = topicOf(row);
    return [
      ...begun(row, topic),
      ...ended(row, { topic, sequence: lastInside.get(row.id) ?? row.sequenceCounter, errorOf }),
    ];
  });
}

function begun(row: ActivityRow, topic: string | undefined): readonly HistoryEvent[] {
  const at = { time: row.startTime, sequence: row.sequenceCounter };
  return [
    activityEvent(row, 'started', { ...at, step: steps.started }),
    ...(topic === undefined ? [] : [taskEvent(row, topic, 'created', { ...at, step: steps.created })]),
  ];
}

interface Ending {
  readonly topic: string | undefined;
  readonly sequence: number;
  readonly errorOf: ErrorOutcomes['errorOf'];
}

function ended(row: ActivityRow, { topic, sequence, errorOf }: Ending): readonly HistoryEvent[] {
  if (row.endTime === null) return [];
  const at = { time: row.endTime, sequence };
  const error = errorOf(row);
  const outcome = error !== undefined ? 'bpmn_error' : row.canceled ? undefined : 'completed';
  const work =
    topic === undefined || outcome === undefined
      ? []
      : [taskEvent(row, topic, outcome, { ...at, step: steps.workEnded }, error?.errorCode)];
  return [...work, activityEvent(row, row.canceled ? 'canceled' : 'completed', { ...at, step: steps.ended })];
}

interface Place {
  readonly time: string;
  readonly sequence: number;
  readonly step: number;
}

function activityEvent(
  row: ActivityRow,
  what: 'started' | 'completed' | 'canceled',
  { time, sequence, step }: Place,
): HistoryEvent {
  const {
    id,
    activityId,
    activityName: name,
    activityType,
    processDefinitionKey: processKey,
    processInstanceId: instanceId,
    durationInMillis: durationMs,
  } = row;
  const kind = what === 'started' ? 'activity_started' : 'activity_ended';
  const activity: ActivityPhase = { id, phase: what === 'started' ? 'begun' : 'ended' };
  const data = {
    instanceId,
    processKey,
    activityId,
    name,
    activityType,
    activityInstanceId: id,
    ...(what === 'started' ? {} : { durationMs }),
  };
  return historyEvent({
    identity: [what === 'started' ? 'activity.started' : 'activity.ended', id],
    type: ['activity', processKey, activityId, what],
    time,
    instanceId,
    kind,
    sequence,
    step,
    activity,
    data,
  });
}

function taskEvent(
  row: ActivityRow,
  topic: string,
  what: 'created' | 'completed' | 'bpmn_error',
  { time, sequence, step }: Place,
  errorCode?: string,
): HistoryEvent {
  const { id, activityId, processDefinitionKey: processKey, processInstanceId: instanceId } = row;
  const activity: ActivityPhase = { id, phase: what === 'created' ? 'begun' : 'ended' };
  const data = {
    ...{ instanceId, processKey, activityId, activityInstanceId: id, topic },
    ...(errorCode === undefined ? {} : { errorCode }),
  };
  return historyEvent({
    identity: [what === 'created' ? 'task.created' : 'task.ended', id],
    type: ['task', topic, what],
    time,
    instanceId,
    kind: 'other',
    sequence,
    step,
    activity,
    data,
  });
}

/** Keeps the ends of scopes inside one another apart, and all of them before what the engine counts next. */
const perLevel = 0.001;

/** A sub-process ends after the last of what is inside it, although it has begun before. */
function lastSequenceInside(rows: readonly ActivityRow[]): ReadonlyMap<string, number> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = new Map<string, number>();
  for (const row of rows) {
    let level = 1;
    for (
      let scope = byId.get(row.parentActivityInstanceId ?? '');
      scope !== undefined;
      scope = byId.get(scope.parentActivityInstanceId ?? '')
    ) {
      last.set(scope.id, Math.max(last.get(scope.id) ?? scope.sequenceCounter, row.sequenceCounter + level * perLevel));
      level += 1;
    }
  }
  return last;
}
