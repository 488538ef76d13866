import type { EndEvent, PathEntry } from '@procos/contracts';
import { fromEngineTime, type HistoricActivity } from '@procos/engine-client';

/** The elements that the token passed, as the API shows them. */
export function pathView(path: readonly HistoricActivity[]): PathEntry[] {
  return path.map((activity) => ({
    activityId: activity.activityId,
    name: activity.activityName,
    type: activity.activityType,
    startTime: fromEngineTime(activity.startTime),
    endTime: activity.endTime === null ? null : fromEngineTime(activity.endTime),
    state: activity.canceled ? 'canceled' : activity.endTime === null ? 'active' : 'completed',
  }));
}

/** The end event that an instance reached last. Those of its sub-processes are none of its own. */
export function endEventOf(path: readonly HistoricActivity[]): EndEvent | null {
  const own = path.filter(
    (activity) =>
      activity.activityType.endsWith('EndEvent') && activity.parentActivityInstanceId === activity.processInstanceId,
  );
  const last = own.at(-1);
  return last === undefined ? null : { id: last.activityId, name: last.activityName, type: last.activityType };
}

/** Modelled failures end in an error end event: that is the convention for every process. */
export function endedInError(endEvent: EndEvent | null): boolean {
  return endEvent?.type === 'errorEndEvent';
}
