import type { EndEvent, IncidentView, InstanceView, PathEntry, RequestView } from '@procos/api-client';
import { formatDuration, formatTime, formatValue, millisecondsBetween } from './format.ts';
import { printable, type Paint, type Tone } from './style.ts';
import { renderTable, type Cell, type Row } from './table.ts';

/** How wide the output is, and in which colours. */
export interface Look {
  readonly width: number | undefined;
  readonly paint: Paint;
}

/** An end event of this type is how a model says that it failed. */
const errorEnd = 'errorEndEvent';

/** The elements that the token passed, each with a mark: ✓ passed, ▶ active, ! stuck, ✗ failed, – canceled. */
export function renderPath(path: readonly PathEntry[], incidents: readonly IncidentView[], look: Look): string {
  if (path.length === 0) return 'No element was passed yet.\n';
  const stuck = new Set(
    incidents.flatMap(({ stoppedAt, callers }) => [stoppedAt, ...callers.map(({ activityId }) => activityId)]),
  );
  const columns = [
    { title: '' },
    { title: 'element', whole: true },
    { title: 'name' },
    { title: 'type' },
    { title: 'took', align: 'right' },
  ] as const;
  const rows = path.map((step): Row => {
    const took = formatDuration(millisecondsBetween(step.startTime, step.endTime));
    return [markOf(step, stuck), step.activityId, step.name ?? '', step.type, took];
  });
  return renderTable(columns, rows, look);
}

function markOf({ state, type, activityId }: PathEntry, stuck: ReadonlySet<string>): Cell {
  // The engine counts an error end that nothing inside the instance catches as canceled.
  if (type === errorEnd) return { text: '✗', tone: 'bad' };
  if (state === 'canceled') return { text: '–', tone: 'warn' };
  if (state === 'completed') return { text: '✓', tone: 'good' };
  return stuck.has(activityId) ? { text: '!', tone: 'bad' } : { text: '▶', tone: 'warn' };
}

export function renderVariables(variables: RequestView['variables'], look: Look): string {
  const rows = Object.entries(variables).map(([name, value]): Row => [name, formatValue(value)]);
  return renderTable([{ title: 'variable', whole: true }, { title: 'value' }], rows, look);
}

/** One line: what runs, how it stands, since when. */
export function renderHeadline(instance: InstanceView, { paint }: Look): string {
  const { id, processKey, version, businessKey, state, startTime, durationMs, endEvent } = instance;
  const tone = toneOf(state, endEvent);
  const facts = [
    `${paint(processKey, 'strong')} version ${version}`,
    paint(endEvent === null ? state : `${state} at ${endEvent.id}`, tone),
    `started ${formatTime(startTime)}`,
    ...(durationMs === null ? [] : [`took ${formatDuration(durationMs)}`]),
    ...(businessKey === null ? [] : [`business key ${printable(businessKey)}`]),
  ];
  return `${id}\n${facts.join(', ')}\n`;
}

/** The colour of a state: an error end event is a failure although the instance is complete. */
export function toneOf(state: string, endEvent: EndEvent | null): Tone {
  if (state === 'COMPLETED') return endEvent?.type === errorEnd ? 'bad' : 'good';
  return state === 'TERMINATED' || state === 'FAILED' ? 'bad' : 'warn';
}
