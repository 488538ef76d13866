import { elementsNamedIn, type EngineClient, engineFault, expressionsIn, type Incident } from '@procos/engine-client';
import { type DescribedElement, holdsExpression, type PlacedExpression } from '@procos/process-model';
import { processKeyOf } from '../definitions/process-key.ts';
import { type ModelElements, modelElements } from './model-elements.ts';

/** Where something failed. */
export interface FailedPlace {
  readonly processKey: string;
  readonly activityId: string;
  /** As the model describes it, when the model can be read. */
  readonly element: DescribedElement | undefined;
  /** The call that the engine rolled back: it failed inside a process of which no instance was saved. */
  readonly insideCall: boolean;
}

/** Calls inside calls that are followed without an instance that shows the way. */
const deepestCall = 5;

/**
 * The element that failed. The engine names it by its id alone, and only for jobs: it may stand in a process that the job was
 * about to call, of which nothing is saved when a step before its first wait state fails. What it does not name (the step that
 * refused the result of a task, the timer at the border of one) is found by what the engine says about it.
 */
export async function failedPlace(engine: EngineClient, incident: Incident): Promise<FailedPlace> {
  const { processDefinitionId, activityId, incidentMessage } = incident;
  const reason = incidentMessage ?? '';
  const [processKey, elements] = await Promise.all([
    processKeyOf(engine, processDefinitionId),
    modelElements(engine, processDefinitionId),
  ]);
  const stoppedAt = withoutBody(activityId);
  const failed = withoutBody(incident.failedActivityId ?? activityId);
  const here = (): FailedPlace => placeIn({ processKey, elements, from: failed, reason, insideCall: false });
  const isCall = elements.get(stoppedAt)?.calledElement !== undefined;
  if (failed === stoppedAt || (elements.has(failed) && !isCall)) return here();
  const variables = await engine.history.variables(incident.processInstanceId);
  return (await searchCalls({ engine, failed, reason, variables }, elements, deepestCall)) ?? here();
}

interface Found {
  readonly processKey: string;
  readonly elements: ModelElements;
  readonly from: string;
  readonly reason: string;
  readonly insideCall: boolean;
}

function placeIn({ processKey, elements, from, reason, insideCall }: Found): FailedPlace {
  const activityId = meantBy(elements, from, reason);
  return { processKey, activityId, element: elements.get(activityId), insideCall };
}

/** The engine's name for all instances of a multi-instance element together. */
function withoutBody(activityId: string): string {
  return activityId.replace(/#multiInstanceBody$/, '');
}

interface Search {
  readonly engine: EngineClient;
  readonly failed: string;
  readonly reason: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

async function searchCalls(search: Search, elements: ModelElements, depth: number): Promise<FailedPlace | undefined> {
  if (depth === 0) return undefined;
  for (const { calledElement } of elements.values()) {
    const key = calledElement === undefined ? undefined : keyOf(calledElement, search.variables);
    const definition = key === undefined ? undefined : await search.engine.repository.latestDefinition(key);
    if (definition === undefined) continue;
    const inside = await modelElements(search.engine, definition.id);
    if (inside.has(search.failed))
      return placeIn({
        processKey: definition.key,
        elements: inside,
        from: search.failed,
        reason: search.reason,
        insideCall: true,
      });
    const deeper = await searchCalls(search, inside, depth - 1);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

/** A key as written, or the variable that `${…}` names; nothing else is evaluated. */
function keyOf(calledElement: string, variables: Readonly<Record<string, unknown>>): string | undefined {
  const name = /^[$#]\{\s*([\w.]+)\s*\}$/.exec(calledElement)?.[1];
  if (name === undefined) return holdsExpression(calledElement) ? undefined : calledElement;
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The element that a sentence of the engine is about: the one that it names, or the nearest to have what it quotes. */
function meantBy(elements: ModelElements, from: string, reason: string): string {
  const named = elementsNamedIn(reason).find((id) => elements.has(id));
  if (named !== undefined) return named;
  const quoted = expressionsIn(reason);
  if (quoted.length > 0)
    return nearest(elements, from, ({ text }) => quoted.some((expression) => text.includes(expression)));
  return engineFault(reason)?.kind === 'no-time'
    ? nearest(elements, from, ({ place }) => timerPlaces.has(place))
    : from;
}

const timerPlaces: ReadonlySet<string> = new Set(['timeDuration', 'timeDate', 'timeCycle']);

/** Along the flows, with the borders of tasks; where nothing fits, the place to begin with. */
function nearest(elements: ModelElements, from: string, fits: (expression: PlacedExpression) => boolean): string {
  const seen = new Set([from]);
  for (const id of seen) {
    if (elements.get(id)?.expressions.some(fits) === true) return id;
    for (const next of elements.get(id)?.next ?? []) seen.add(next);
  }
  return from;
}
