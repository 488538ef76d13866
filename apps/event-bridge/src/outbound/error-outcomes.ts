import type { ActivityRow, HistoricInstance } from '@procos/engine-client';

/** The instance that has called another one, which has ended. */
export type CallerOf = (instanceId: string) => string | undefined;

/** What errors have done, as far as the rows of one reading show it: the engine's history does not name an error. */
export interface ErrorOutcomes {
  /** Whether an activity was canceled by an error that its process, or one that has called it, catches: that was its outcome. */
  caught(row: ActivityRow): boolean;
  /**
   * Where an instance has ended in an error that nothing in it has caught: at its own error end event, or at the activity
   * whose error a process that has called it catches. Undefined when it has not.
   */
  failedAt(instance: HistoricInstance): string | undefined;
}

const catching = new Set(['boundaryError', 'errorStartEvent']);
/** Kinds of events that may interrupt what runs. Source: `ActivityTypes` of the engine. */
const interrupting = /^(?:boundary|cancelBoundary)|(?:error|timer|message|signal|conditional|escalation)StartEvent$/;
/** Longer than the engine takes from the end of an activity to the event that has ended it, in one transaction on a busy machine. */
const longestStepMs = 5_000;

/** @param rows of one reading, each activity once */
export function errorOutcomes(rows: readonly ActivityRow[], callerOf: CallerOf): ErrorOutcomes {
  const interruptions = Map.groupBy(
    rows.filter(({ activityType }) => interrupting.test(activityType)),
    ({ processInstanceId }) => processInstanceId,
  );
  /** What begins first once something has ended has ended it. */
  const interruption = (instanceId: string | undefined, end: number): ActivityRow | undefined => {
    const later = (interruptions.get(instanceId ?? '') ?? []).filter(
      ({ startTime }) => Date.parse(startTime) >= end && Date.parse(startTime) - end <= longestStepMs,
    );
    const [first] = later.toSorted((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime));
    return first;
  };
  const catches = (instanceId: string | undefined, end: number) =>
    catching.has(interruption(instanceId, end)?.activityType ?? '');
  const caughtAbove = ({ processInstanceId, endTime }: ActivityRow): boolean => {
    const end = Date.parse(endTime ?? '');
    const seen = new Set<string>();
    for (let above = callerOf(processInstanceId); above !== undefined && !seen.has(above); above = callerOf(above)) {
      if (catches(above, end)) return true;
      seen.add(above);
    }
    return false;
  };
  const caughtHere = ({ processInstanceId, endTime }: ActivityRow) =>
    catches(processInstanceId, Date.parse(endTime ?? ''));
  const isOwnEnd = ({ activityType, parentActivityInstanceId, processInstanceId }: ActivityRow) =>
    activityType === 'errorEndEvent' && parentActivityInstanceId === processInstanceId;
  const fatal = Map.groupBy(
    rows.filter((row) => !caughtHere(row) && (isOwnEnd(row) || (row.canceled && caughtAbove(row)))),
    ({ processInstanceId }) => processInstanceId,
  );
  return {
    caught: (row) => row.canceled && (caughtHere(row) || caughtAbove(row)),
    // Ended by a person: that is its outcome, whatever it was about to do.
    failedAt: ({ id, state }) => (state === 'EXTERNALLY_TERMINATED' ? undefined : fatal.get(id)?.at(-1)?.activityId),
  };
}
