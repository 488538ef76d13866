import type { HistoricActivity, HistoricInstance } from '@procos/engine-client';
import { codeIn, type ErrorModel, isContinued } from './error-model.ts';

/** What the history says of a passage through an element, as far as errors show in it. */
export type OutcomeRow = Pick<
  HistoricActivity,
  | 'id'
  | 'activityId'
  | 'activityType'
  | 'processDefinitionId'
  | 'processInstanceId'
  | 'parentActivityInstanceId'
  | 'calledProcessInstanceId'
  | 'startTime'
  | 'endTime'
  | 'canceled'
>;

/** An error that has ended something. */
export interface OutcomeError {
  /** Element at which it arose. */
  readonly activityId: string;
  /** As the model has it; undefined when the engine keeps none: no event of the model names the code. */
  readonly errorCode: string | undefined;
}

/** What errors have done, as far as the rows of one reading show it: the engine's history does not name an error. */
export interface ErrorOutcomes {
  /** The error in which an activity has ended, caught or not: that was its outcome. Undefined when it was another. */
  errorOf(row: OutcomeRow): OutcomeError | undefined;
  /**
   * The error that has ended an instance, which nothing in it has caught: at its own error end event, at the activity
   * whose error a process that has called it catches, or at the one whose error nobody catches. Undefined when none has.
   */
  failureOf(instance: Pick<HistoricInstance, 'id' | 'state'>): OutcomeError | undefined;
}

const catching = new Set(['boundaryError', 'errorStartEvent']);
/** Kinds of events that may interrupt what runs. Source: `ActivityTypes` of the engine. */
const interrupting = /^(?:boundary|cancelBoundary)|(?:error|timer|message|signal|conditional|escalation)StartEvent$/;
/** Longer than the engine takes from the end of an activity to the event that has ended it, in one transaction on a busy machine. */
const longestStepMs = 5_000;
/** Calls within calls that are followed for the code of an error. */
const deepestCall = 10;

export interface ReadRows {
  /** Each activity once. */
  readonly rows: readonly OutcomeRow[];
  /** Instances that are over. */
  readonly over: readonly HistoricInstance[];
  /** What the model of an activity says. */
  readonly modelOf: (row: OutcomeRow) => ErrorModel;
  /** Before this moment nothing is missing, in milliseconds. */
  readonly completeUntil: number;
}

export function errorOutcomes({ rows, over, modelOf, completeUntil }: ReadRows): ErrorOutcomes {
  const catcherOf = catchersAmong(rows, over);
  const byInstance = Map.groupBy(rows, ({ processInstanceId }) => processInstanceId);
  const uncaught = new Map(
    over.flatMap((instance) => {
      // What has ended last is known only where all of its last steps were read.
      if (Date.parse(instance.endTime ?? '') >= completeUntil) return [];
      const row = uncaughtIn(instance, byInstance.get(instance.id) ?? [], (one) => isContinued(modelOf(one), one));
      return row === undefined ? [] : [[instance.id, row] as const];
    }),
  );
  const isFatal = (row: OutcomeRow) =>
    catcherOf(row, 'here') === undefined &&
    (isOwnErrorEnd(row) || (row.canceled && catcherOf(row, 'above') !== undefined));
  /** The code of the error end event at which it arose, or that of the event that catches it; a call has that of what it has called. */
  const codeOf = (row: OutcomeRow, callsLeft = deepestCall): string | undefined => {
    const catcher = catcherOf(row, 'here') ?? catcherOf(row, 'above');
    const own = codeIn(modelOf(row), row);
    const named =
      row.activityType === 'errorEndEvent' || catcher === undefined ? own : codeIn(modelOf(catcher), catcher);
    const called = byInstance.get(row.calledProcessInstanceId ?? '')?.findLast(isFatal);
    return named ?? (called === undefined || callsLeft === 0 ? undefined : codeOf(called, callsLeft - 1));
  };
  const errorAt = (row: OutcomeRow): OutcomeError => ({ activityId: row.activityId, errorCode: codeOf(row) });
  return {
    errorOf: (row) => {
      const isError =
        uncaught.get(row.processInstanceId)?.id === row.id ||
        (row.canceled && (catcherOf(row, 'here') ?? catcherOf(row, 'above')) !== undefined);
      return isError ? errorAt(row) : undefined;
    },
    failureOf: ({ id, state }) => {
      // Ended by a person: that is its outcome, whatever it was about to do.
      if (state === 'EXTERNALLY_TERMINATED') return undefined;
      const row = byInstance.get(id)?.findLast(isFatal) ?? uncaught.get(id);
      return row === undefined ? undefined : errorAt(row);
    },
  };
}

type CatcherOf = (row: OutcomeRow, where: 'here' | 'above') => OutcomeRow | undefined;

/** What catches the error of an activity that has ended: in its own instance, or in the nearest of those that have called it. */
function catchersAmong(rows: readonly OutcomeRow[], over: readonly HistoricInstance[]): CatcherOf {
  const callers = new Map(over.map((instance) => [instance.id, instance.superProcessInstanceId]));
  const interruptions = Map.groupBy(
    rows.filter(({ activityType }) => interrupting.test(activityType)),
    ({ processInstanceId }) => processInstanceId,
  );
  /** Whether what begins first in an instance once something there has ended is the catching of an error: that has ended it. */
  const catcherIn = (instanceId: string, end: number): OutcomeRow | undefined => {
    const later = (interruptions.get(instanceId) ?? []).filter(
      (row) => startOf(row) >= end && startOf(row) - end <= longestStepMs,
    );
    const [first] = later.toSorted((a, b) => startOf(a) - startOf(b));
    return catching.has(first?.activityType ?? '') ? first : undefined;
  };
  const callerOf = (id: string) => callers.get(id) ?? undefined;
  return (row, where) => {
    if (where === 'here') return catcherIn(row.processInstanceId, endOf(row));
    const seen = new Set<string>();
    let above = callerOf(row.processInstanceId);
    while (above !== undefined && !seen.has(above)) {
      const found = catcherIn(above, endOf(row));
      if (found !== undefined) return found;
      seen.add(above);
      above = callerOf(above);
    }
    return undefined;
  };
}

/**
 * An error that nobody catches ends its path: the engine counts the activity, and the instance if it was the last path,
 * as completed. What has ended last should have led on then, and nothing has come of it.
 */
function uncaughtIn(
  { state, endTime }: HistoricInstance,
  rows: readonly OutcomeRow[],
  leadsOn: (row: OutcomeRow) => boolean,
): OutcomeRow | undefined {
  if (state !== 'COMPLETED') return undefined;
  const ended = rows.filter((row) => row.endTime !== null && !row.canceled);
  const last = ended.toSorted((a, b) => endOf(a) - endOf(b)).at(-1);
  if (last === undefined || Math.abs(Date.parse(endTime ?? '') - endOf(last)) > longestStepMs) return undefined;
  const reachedAnEnd = ended.some((row) => /EndEvent$/.test(row.activityType) && endOf(row) >= endOf(last));
  const innermost = ended.find((row) => endOf(row) === endOf(last) && leadsOn(row) && isLeaf(row, ended)) ?? last;
  return !reachedAnEnd && leadsOn(last) ? innermost : undefined;
}

const isLeaf = ({ id }: OutcomeRow, rows: readonly OutcomeRow[]) =>
  rows.every(({ parentActivityInstanceId }) => parentActivityInstanceId !== id);

const startOf = ({ startTime }: OutcomeRow) => Date.parse(startTime);
const endOf = ({ endTime }: OutcomeRow) => Date.parse(endTime ?? '');

const isOwnErrorEnd = ({ activityType, parentActivityInstanceId, processInstanceId }: OutcomeRow) =>
  activityType === 'errorEndEvent' && parentActivityInstanceId === processInstanceId;
