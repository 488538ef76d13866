import type { ActivityRow, HistoricInstance } from '@procos/engine-client';

/** Whether a sequence flow leaves the element of an activity, as its model has it. */
export type IsContinued = (row: ActivityRow) => boolean;

/** What errors have done, as far as the rows of one reading show it: the engine's history does not name an error. */
export interface ErrorOutcomes {
  /** Whether an activity has ended in an error, caught or not: that was its outcome. */
  inError(row: ActivityRow): boolean;
  /**
   * Where an instance has ended in an error that nothing in it has caught: at its own error end event, at the activity
   * whose error a process that has called it catches, or at the one whose error nobody catches. Undefined when it has not.
   */
  failedAt(instance: HistoricInstance): string | undefined;
}

const catching = new Set(['boundaryError', 'errorStartEvent']);
/** Kinds of events that may interrupt what runs. Source: `ActivityTypes` of the engine. */
const interrupting = /^(?:boundary|cancelBoundary)|(?:error|timer|message|signal|conditional|escalation)StartEvent$/;
/** Longer than the engine takes from the end of an activity to the event that has ended it, in one transaction on a busy machine. */
const longestStepMs = 5_000;

export interface ReadRows {
  /** Each activity once. */
  readonly rows: readonly ActivityRow[];
  /** Instances that are over. */
  readonly over: readonly HistoricInstance[];
  readonly isContinued: IsContinued;
  /** Before this moment nothing is missing, in milliseconds. */
  readonly completeUntil: number;
}

export function errorOutcomes({ rows, over, isContinued, completeUntil }: ReadRows): ErrorOutcomes {
  const catches = catchersAmong(rows);
  const callers = new Map(over.map((instance) => [instance.id, instance.superProcessInstanceId]));
  const caughtHere = (row: ActivityRow) => catches(row.processInstanceId, endOf(row));
  const caughtAbove = (row: ActivityRow): boolean => {
    const seen = new Set<string>();
    const callerOf = (id: string) => callers.get(id) ?? undefined;
    for (
      let above = callerOf(row.processInstanceId);
      above !== undefined && !seen.has(above);
      above = callerOf(above)
    ) {
      if (catches(above, endOf(row))) return true;
      seen.add(above);
    }
    return false;
  };
  const isFatal = (row: ActivityRow) => !caughtHere(row) && (isOwnErrorEnd(row) || (row.canceled && caughtAbove(row)));
  const byInstance = Map.groupBy(rows, ({ processInstanceId }) => processInstanceId);
  const uncaught = new Map(
    over.flatMap((instance) => {
      // What has ended last is known only where all of its last steps were read.
      if (Date.parse(instance.endTime ?? '') >= completeUntil) return [];
      const row = uncaughtIn(instance, byInstance.get(instance.id) ?? [], isContinued);
      return row === undefined ? [] : [[instance.id, row] as const];
    }),
  );
  return {
    inError: (row) =>
      uncaught.get(row.processInstanceId)?.id === row.id || (row.canceled && (caughtHere(row) || caughtAbove(row))),
    failedAt: ({ id, state }) => {
      // Ended by a person: that is its outcome, whatever it was about to do.
      if (state === 'EXTERNALLY_TERMINATED') return undefined;
      return (byInstance.get(id)?.findLast(isFatal) ?? uncaught.get(id))?.activityId;
    },
  };
}

/** @returns whether what begins first in an instance once something there has ended is the catching of an error: that has ended it */
function catchersAmong(rows: readonly ActivityRow[]): (instanceId: string, end: number) => boolean {
  const interruptions = Map.groupBy(
    rows.filter(({ activityType }) => interrupting.test(activityType)),
    ({ processInstanceId }) => processInstanceId,
  );
  return (instanceId, end) => {
    const later = (interruptions.get(instanceId) ?? []).filter(
      (row) => startOf(row) >= end && startOf(row) - end <= longestStepMs,
    );
    const [first] = later.toSorted((a, b) => startOf(a) - startOf(b));
    return catching.has(first?.activityType ?? '');
  };
}

/**
 * An error that nobody catches ends its path: the engine counts the activity, and the instance if it was the last path,
 * as completed. What has ended last should have led on then, and nothing has come of it.
 */
function uncaughtIn(
  { state, endTime }: HistoricInstance,
  rows: readonly ActivityRow[],
  isContinued: IsContinued,
): ActivityRow | undefined {
  if (state !== 'COMPLETED') return undefined;
  const ended = rows.filter((row) => row.endTime !== null && !row.canceled);
  const last = ended.toSorted((a, b) => endOf(a) - endOf(b)).at(-1);
  if (last === undefined || Math.abs(Date.parse(endTime ?? '') - endOf(last)) > longestStepMs) return undefined;
  const reachedAnEnd = ended.some((row) => /EndEvent$/.test(row.activityType) && endOf(row) >= endOf(last));
  const innermost = ended.find((row) => endOf(row) === endOf(last) && isContinued(row) && isLeaf(row, ended)) ?? last;
  return !reachedAnEnd && isContinued(last) ? innermost : undefined;
}

const isLeaf = ({ id }: ActivityRow, rows: readonly ActivityRow[]) =>
  rows.every(({ parentActivityInstanceId }) => parentActivityInstanceId !== id);

const startOf = ({ startTime }: ActivityRow) => Date.parse(startTime);
const endOf = ({ endTime }: ActivityRow) => Date.parse(endTime ?? '');

const isOwnErrorEnd = ({ activityType, parentActivityInstanceId, processInstanceId }: ActivityRow) =>
  activityType === 'errorEndEvent' && parentActivityInstanceId === processInstanceId;
