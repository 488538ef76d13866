// What both layouts are judged by: a graph of steps, and where each layout put its shapes and lines.
import { Parser } from 'saxen';

const STEP = /(?:Task|^task|Event|Gateway|^subProcess|^transaction|^callActivity|^adHocSubProcess)$/;
const SCOPES = new Set(['process', 'subProcess', 'transaction', 'adHocSubProcess']);
const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/**
 * @typedef {{id: string, kind: string, host: string | undefined, parent: Step | undefined, steps: Step[], flows: {id: string, from: string, to: string}[]}} Step
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {{shapes: Map<string, Box>, edges: Map<string, {x: number, y: number}[]>}} Drawing
 */

/**
 * The steps and flows of a model, and what its diagram shows of them.
 * @param {string} xml
 * @returns {{processes: Step[], others: string[], drawing: Drawing}} `others`: what neither layout is judged by
 */
export function readModel(xml) {
  const found = { processes: [], others: [], drawing: { shapes: new Map(), edges: new Map() } };
  const open = [];
  let scope;
  let part;
  const parser = new Parser();
  parser.ns({ [MODEL]: 'bpmn' });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('openTag', (name, attributesOf) => {
    const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
    const attributes = attributesOf();
    open.push(scope);
    if (prefix === 'bpmn') scope = readElement(local, attributes, scope, found) ?? scope;
    if (local === 'BPMNShape' || local === 'BPMNEdge') part = attributes.bpmnElement;
    if (local === 'Bounds' && part !== undefined && !found.drawing.shapes.has(part))
      found.drawing.shapes.set(part, boxOf(attributes));
    if (local === 'waypoint')
      found.drawing.edges.set(part, [
        ...(found.drawing.edges.get(part) ?? []),
        { x: Number(attributes.x), y: Number(attributes.y) },
      ]);
  });
  parser.on('closeTag', () => {
    scope = open.pop();
  });
  parser.parse(xml);
  return found;
}

function readElement(local, attributes, scope, { processes, others }) {
  if (local === 'sequenceFlow')
    scope?.flows.push({ id: attributes.id, from: attributes.sourceRef, to: attributes.targetRef });
  else if (local === 'process' || (STEP.test(local) && attributes.id !== undefined)) {
    const step = {
      id: attributes.id,
      kind: local,
      host: attributes.attachedToRef,
      parent: scope,
      steps: [],
      flows: [],
    };
    (scope?.steps ?? processes).push(step);
    return SCOPES.has(local) ? step : undefined;
  } else if (
    ['participant', 'lane', 'textAnnotation', 'dataObjectReference', 'dataStoreReference', 'group'].includes(local)
  )
    others.push(local);
  return undefined;
}

function boxOf({ x, y, width, height }) {
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/** @param {Step} scope @returns {Generator<Step>} everything in it, however deep */
export function* stepsIn(scope) {
  for (const step of scope.steps) {
    yield step;
    yield* stepsIn(step);
  }
}

/** Every flow in the scope, however deep, between steps that exist. @param {Step} scope */
export function flowsIn(scope) {
  return [scope, ...stepsIn(scope)].flatMap((owner) => {
    const known = new Set(owner.steps.map(({ id }) => id));
    return owner.flows.filter(({ from, to }) => known.has(from) && known.has(to));
  });
}
