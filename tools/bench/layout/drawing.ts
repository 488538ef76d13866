// What both layouts are judged by: a graph of steps, and where each layout put its shapes and lines.
/// <reference path="../../agreement/saxen.d.ts" />
import { Parser } from 'saxen';
import type { Point } from './crossings.ts';

const STEP = /(?:Task|^task|Event|Gateway|^subProcess|^transaction|^callActivity|^adHocSubProcess)$/;
const SCOPES = new Set(['process', 'subProcess', 'transaction', 'adHocSubProcess']);
const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export interface Flow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** A step with what is in it; only what the figures look at. */
export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly host: string | undefined;
  readonly parent: Step | undefined;
  readonly steps: Step[];
  readonly flows: Flow[];
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Drawing {
  readonly shapes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
}

type Attributes = Readonly<Record<string, string>>;

interface Model {
  readonly processes: Step[];
  /** What neither layout is judged by. */
  readonly others: string[];
  readonly drawing: Drawing;
}

/** The steps and flows of a model, and what its diagram shows of them. */
export function readModel(xml: string): Model {
  const [shapes, edges] = [new Map<string, Box>(), new Map<string, readonly Point[]>()];
  const found: Model = { processes: [], others: [], drawing: { shapes, edges } };
  const open: (Step | undefined)[] = [];
  let scope: Step | undefined;
  let part: string | undefined;
  const parser = new Parser();
  parser.ns({ [MODEL]: 'bpmn' });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('openTag', (name, attributesOf) => {
    const [prefix, local = ''] = name.includes(':') ? name.split(':') : ['', name];
    const attributes = attributesOf() || {};
    open.push(scope);
    if (prefix === 'bpmn') scope = readElement(local, attributes, scope, found) ?? scope;
    if (local === 'BPMNShape' || local === 'BPMNEdge') part = attributes['bpmnElement'];
    if (local === 'Bounds' && part !== undefined && !shapes.has(part)) shapes.set(part, boxOf(attributes));
    if (local === 'waypoint' && part !== undefined)
      edges.set(part, [...(edges.get(part) ?? []), { x: Number(attributes['x']), y: Number(attributes['y']) }]);
  });
  parser.on('closeTag', () => {
    scope = open.pop();
  });
  parser.parse(xml);
  return found;
}

function readElement(
  local: string,
  { id = '', sourceRef: from = '', targetRef: to = '', attachedToRef: host }: Attributes,
  scope: Step | undefined,
  { processes, others }: Model,
): Step | undefined {
  if (local === 'sequenceFlow') scope?.flows.push({ id, from, to });
  else if (local === 'process' || (STEP.test(local) && id !== '')) {
    const step: Step = { id, kind: local, host, parent: scope, steps: [], flows: [] };
    (scope?.steps ?? processes).push(step);
    return SCOPES.has(local) ? step : undefined;
  } else if (
    ['participant', 'lane', 'textAnnotation', 'dataObjectReference', 'dataStoreReference', 'group'].includes(local)
  )
    others.push(local);
  return undefined;
}

function boxOf({ x, y, width, height }: Attributes): Box {
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/** Everything in the scope, however deep. */
export function* stepsIn(scope: Step): Generator<Step> {
  for (const step of scope.steps) {
    yield step;
    yield* stepsIn(step);
  }
}

/** Every flow in the scope, however deep, between steps that exist. */
export function flowsIn(scope: Step): readonly Flow[] {
  return [scope, ...stepsIn(scope)].flatMap((owner) => {
    const known = new Set(owner.steps.map(({ id }) => id));
    return owner.flows.filter(({ from, to }) => known.has(from) && known.has(to));
  });
}
