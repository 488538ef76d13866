import { type EngineClient, toEngineTime } from '@procos/engine-client';
import type { RowKind } from './history-event.ts';
import type { PublishedEvents } from './published-events.ts';

/**
 * Whether the engine has more rows (or fewer) of a while than were published. A transaction becomes visible when it is committed,
 * with the times at which its steps were done: behind what was read meanwhile. To count is cheap, to read again is not.
 */
export async function countsDiffer(
  { history }: EngineClient,
  published: PublishedEvents,
  from: number,
  to: number,
): Promise<boolean> {
  const [after, before] = [toEngineTime(new Date(from)), toEngineTime(new Date(to))];
  const started = { startedAfter: after, startedBefore: before };
  const ended = { finishedAfter: after, finishedBefore: before };
  const counts: readonly (readonly [RowKind, () => Promise<number>])[] = [
    ['activity_ended', () => history.countActivities(ended)],
    ['activity_started', () => history.countActivities(started)],
    ['process_started', () => history.countInstances(started)],
    ['process_ended', () => history.countInstances(ended)],
  ];
  for (const [kind, count] of counts) if ((await count()) !== published.count(kind, from, to)) return true;
  return false;
}
