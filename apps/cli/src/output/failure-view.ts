import type { Caller, FailureView, IncidentView, ObstacleView } from '@procos/api-client';
import { inCommands } from '../remedy-in-commands.ts';
import { formatTime, plural } from './format.ts';
import type { Look } from './instance-view.ts';
import { printable, printableLines, type Paint } from './style.ts';

/** Each incident: what stopped and where, who waits for it, why, at which attempt, and what lets it go on. */
export function renderIncidents(incidents: readonly IncidentView[], { paint }: Look): string {
  return incidents
    .map((incident) => {
      const { type, code, time, attempts, stoppedAt, activityId } = incident;
      const facts = [
        `${type}, since ${formatTime(time)}`,
        ...(attempts === null ? [] : [`after ${plural(attempts, 'attempt')}`]),
        ...(stoppedAt === activityId ? [] : [`stands at ${stoppedAt}`]),
        code,
      ];
      return renderTrouble(incident, '!', facts, paint);
    })
    .join('');
}

/** Why something that has ended did not succeed, in the same form. */
export function renderFailure(failure: FailureView, { paint }: Look): string {
  return renderTrouble(failure, '✗', [failure.code], paint);
}

/** What a running instance waits for although nothing has failed. */
export function renderObstacles(obstacles: readonly ObstacleView[], { paint }: Pick<Look, 'paint'>): string {
  return obstacles.map((obstacle) => renderTrouble(obstacle, '▶', [obstacle.code], paint)).join('');
}

function renderTrouble(
  trouble: IncidentView | FailureView | ObstacleView,
  mark: string,
  facts: readonly string[],
  paint: Paint,
): string {
  const { activityId, processKey, message, callers, details, remedy, instanceId } = trouble;
  const place = activityId === '' ? printable(processKey) : `${printable(activityId)} in ${printable(processKey)}`;
  const dim = (text: string): string => `${paint(`  ${text}`, 'dim')}\n`;
  return [
    `${paint(mark, mark === '▶' ? 'warn' : 'bad')} ${place}: ${printable(message ?? 'no message')}\n`,
    ...(details === null
      ? []
      : printableLines(details)
          .split('\n')
          .map((line) => `  ${line}\n`)),
    dim(`instance ${instanceId}${callers.map(callerIn).join('')}`),
    dim(facts.map(printable).join(', ')),
    // What a worker advises stands in it, too: commands are ours where they are made of calls.
    `  → ${inCommands(printable(remedy))}\n`,
  ].join('');
}

function callerIn({ activityId, processKey, instanceId }: Caller): string {
  return `, called by ${printable(activityId)} in ${printable(processKey)} (${instanceId})`;
}
