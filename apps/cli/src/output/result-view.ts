import type { RequestView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { renderAwaited } from './awaited-view.ts';
import { formatValue } from './format.ts';
import { renderFailure, renderIncidents, renderObstacles } from './failure-view.ts';
import { renderPath, renderVariables, type Look } from './instance-view.ts';
import { painter, printable } from './style.ts';

/** How a request ended, which way it took, and what it produced. */
export function renderResult(io: Io, result: RequestView): string {
  const look: Look = { width: io.stdout.columns, paint: painter(io, io.stdout) };
  const { path, requestPath, incidents, obstacles, userTasks, variables, error } = result;
  const sections = [
    renderVerdict(result, look) +
      (error === null ? '' : renderFailure(error, look)) +
      renderFaults(variables['validation_errors']),
    renderPath(path.length === 0 ? requestPath : path, incidents, look),
    ...(Object.keys(variables).length === 0 ? [] : [renderVariables(variables, look)]),
    ...(userTasks.length === 0 ? [] : [renderAwaited(userTasks, look)]),
    ...(obstacles.length === 0 ? [] : [renderObstacles(obstacles, look)]),
    ...(incidents.length === 0 ? [] : [renderIncidents(incidents, look)]),
  ];
  return sections.join('\n');
}

function renderVerdict(
  { ok, state, processKey, requestId, instanceId, endEvent, incidents }: RequestView,
  { paint }: Look,
): string {
  const id = instanceId ?? requestId;
  const where = endEvent === null ? '' : ` at ${endEvent.id}${endEvent.name === null ? '' : ` (${endEvent.name})`}`;
  if (ok) return `${paint('✓', 'good')} ${processKey} is complete${where}\n  instance ${id}\n`;
  if (incidents.length > 0 && state === 'RUNNING')
    return `${paint('!', 'bad')} ${processKey} is stuck\n  instance ${id}\n`;
  return `${paint('✗', 'bad')} ${processKey} failed${where} (${state})\n  instance ${id} → npx procos show ${id}\n`;
}

/** What the input validation found, field by field: the reason most people look for first. */
function renderFaults(found: unknown): string {
  if (!Array.isArray(found)) return '';
  return found.map((fault: unknown) => `  - ${printable(renderFault(fault))}\n`).join('');
}

function renderFault(fault: unknown): string {
  if (typeof fault !== 'object' || fault === null || !('message' in fault)) return formatValue(fault);
  const shown = formatValue(fault.message);
  const field = 'field' in fault ? formatValue(fault.field) : '';
  return field === '' || shown.includes(field) ? shown : `${field}: ${shown}`;
}
