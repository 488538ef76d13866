import { isBpmn } from '../bpmn/engine-view.ts';
import { flowNodeNames, subProcessNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements, descendants } from '../xml/xml-tree.ts';
import { insideOfPool } from './drawn-pool.ts';
import { findFreePlace } from './free-place.ts';
import { grown } from './obstacles.ts';
import { boundsOf, moved } from './placement.ts';
import { laneBands } from './lane-bands.ts';
import { flowsOf, placeAtLines } from './place-at-lines.ts';
import { placeComponent, placeInBands } from './place-scope.ts';
import { scopeGraph } from './scope-graph.ts';
import { laneByStep } from './lane-members.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const columnGap = 50;
const rowGap = 60;
const framePadding = 20;
/** Where the first part of an empty plane stands. */
const corner: Point = { x: 160, y: 80 };

/**
 * Places the steps of a scope that are not drawn: connected ones together, beside the drawn step that leads to them or
 * that they lead to, at the nearest free place of their pool, lane or sub-process.
 *
 * @returns false when nothing of the scope is drawn and its frame has no room for it: it needs a plane of its own
 */
export function placeMissingSteps(scope: XmlElement, canvas: Canvas, { missing, index }: Incomplete): boolean {
  const steps = childElements(scope).filter((step) => isBpmn(step) && flowNodeNames.has(step.localName));
  for (const step of steps) if (missing.has(step)) frameDrawnContent(step, canvas);
  const undrawn = new Set(
    steps.filter((step) => missing.has(step) && !canvas.shapes.has(step) && step.localName !== 'boundaryEvent'),
  );
  if (undrawn.size === 0) return true;
  const frame = frameOf(scope, canvas, index);
  for (const step of placeAtLines(undrawn, scope, canvas, frame)) undrawn.delete(step);
  const isEmpty = steps.every((step) => !canvas.shapes.has(step));
  for (const { steps: together, placement } of blocksOf(scope, undrawn, isEmpty, canvas)) {
    const block = withoutDrawn(placement, canvas, missing);
    const place = placeFor(block, { scope, frame, canvas, steps: together });
    if (place === undefined && isEmpty && scope.localName !== 'process' && !isDrawnHere(scope, canvas)) return false;
    const { x, y } = boundsOf(block);
    const target = place ?? belowEverything(canvas);
    canvas.add(moved(block, { x: target.x - x, y: target.y - y }));
  }
  return true;
}

/** Its lines are: on a plane of its own they would be drawn once more. */
function isDrawnHere(scope: XmlElement, canvas: Canvas): boolean {
  return flowsOf(scope).some((flow) => canvas.edges.has(flow));
}

interface Block {
  readonly steps: readonly XmlElement[];
  readonly placement: Placement;
}

/** What is placed as one: connected steps, of a lane that is drawn only its own; with lanes yet to be drawn all of them. */
function blocksOf(scope: XmlElement, undrawn: ReadonlySet<XmlElement>, isEmpty: boolean, canvas: Canvas): Block[] {
  const owners = laneByStep(scope);
  const laneOf = (step: XmlElement): XmlElement | undefined => owners.get(attributeValue(step, 'id') ?? '');
  const drawn = Map.groupBy(undrawn, (step) => {
    const lane = laneOf(step);
    return lane !== undefined && canvas.shapes.has(lane) ? lane : undefined;
  });
  const bands = laneBands(scope);
  if (isEmpty && bands.lanes.length > 0 && bands.lanes.every((lane) => !canvas.shapes.has(lane)))
    return [{ steps: Array.from(undrawn), placement: placeInBands(scope, bands).steps }];
  return Array.from(drawn.values()).flatMap((together) => {
    const graph = scopeGraph(scope, new Set(together));
    return graph.components.map((component) => ({
      steps: component.steps,
      placement: placeComponent(component, graph),
    }));
  });
}

/** What is drawn on some plane is not drawn again: a sub-process with its content on a plane of its own is a closed one. */
function withoutDrawn({ shapes, edges }: Placement, canvas: Canvas, missing: ReadonlySet<XmlElement>): Placement {
  for (const step of shapes.keys()) {
    const content = childElements(step).filter((element) => shapes.has(element));
    if (content.length > 0 && content.every((element) => !missing.has(element))) canvas.collapsed.add(step);
  }
  const undrawn = ([element]: readonly [XmlElement, unknown]): boolean => missing.has(element);
  return { shapes: new Map(Array.from(shapes).filter(undrawn)), edges: new Map(Array.from(edges).filter(undrawn)) };
}

/** A sub-process without a shape whose content is drawn: the shape goes around the content. */
function frameDrawnContent(step: XmlElement, canvas: Canvas): void {
  if (!subProcessNames.has(step.localName) || canvas.shapes.has(step)) return;
  const parts = new Set(descendants(step));
  const shapes = new Map(Array.from(canvas.shapes).filter(([element]) => parts.has(element)));
  const edges = new Map(Array.from(canvas.edges).filter(([element]) => parts.has(element)));
  if (shapes.size > 0)
    canvas.add({ shapes: new Map([[step, grown(boundsOf({ shapes, edges }), framePadding)]]), edges: new Map() });
}

/** What new steps have to lie in. */
function frameOf(scope: XmlElement, canvas: Canvas, index: Incomplete['index']): Bounds | undefined {
  return canvas.shapes.get(scope) ?? insideOfPool(scope, canvas, index);
}

interface Surroundings {
  readonly scope: XmlElement;
  readonly frame: Bounds | undefined;
  readonly canvas: Canvas;
  readonly steps: readonly XmlElement[];
}

function placeFor(block: Placement, { scope, frame, canvas, steps }: Surroundings): Point | undefined {
  const { x, y, width, height } = boundsOf(block);
  const size = { width, height };
  const owners = laneByStep(scope);
  const lanes = new Set(steps.map((step) => owners.get(attributeValue(step, 'id') ?? '')));
  const [lane] = lanes;
  const laneBounds = lanes.size === 1 && lane !== undefined ? canvas.shapes.get(lane) : undefined;
  const first = anchor(steps, scope, canvas, (step) => ({
    x: (block.shapes.get(step)?.x ?? x) - x,
    y: middle(block.shapes.get(step) ?? { x, y, width, height }) - y,
    width: block.shapes.get(step)?.width ?? width,
  }));
  if (first === undefined && canvas.shapes.size === 0) return corner;
  const ignored = canvas.framesOf(...steps);
  for (const inside of [laneBounds, frame]) {
    if (inside === undefined) continue;
    const wanted = first ?? { x: inside.x + 30, y: inside.y + (inside.height - height) / 2 };
    const place = findFreePlace({
      size,
      wanted: inRange(wanted, size, inside),
      obstacles: canvas.obstacles,
      ignored,
      inside: grown(inside, -5),
    });
    if (place !== undefined) return place;
  }
  if (frame !== undefined) return undefined;
  return findFreePlace({ size, wanted: first ?? belowEverything(canvas), obstacles: canvas.obstacles, ignored });
}

function inRange(point: Point, size: { readonly width: number; readonly height: number }, area: Bounds): Point {
  const clamp = (value: number, low: number, high: number): number => Math.round(Math.max(low, Math.min(high, value)));
  return {
    x: clamp(point.x, area.x + 10, Math.max(area.x + 10, area.x + area.width - size.width - 10)),
    y: clamp(point.y, area.y + 10, Math.max(area.y + 10, area.y + area.height - size.height - 10)),
  };
}

type InBlock = (step: XmlElement) => { readonly x: number; readonly y: number; readonly width: number };

/** Right of the drawn step that leads here, at its height; else left of the one that this leads to. */
function anchor(steps: readonly XmlElement[], scope: XmlElement, canvas: Canvas, inBlock: InBlock): Point | undefined {
  const byId = new Map(steps.map((step) => [attributeValue(step, 'id'), step]));
  const drawn = new Map(Array.from(canvas.shapes, ([element, bounds]) => [attributeValue(element, 'id'), bounds]));
  const ends = flowsOf(scope).map((flow) => ({
    source: attributeValue(flow, 'sourceRef'),
    target: attributeValue(flow, 'targetRef'),
  }));
  for (const { source, target } of ends) {
    const [before, step] = [drawn.get(source), byId.get(target)];
    if (before !== undefined && step !== undefined)
      return {
        x: before.x + before.width + columnGap - inBlock(step).x,
        y: Math.round(middle(before) - inBlock(step).y),
      };
  }
  for (const { source, target } of ends) {
    const [after, step] = [drawn.get(target), byId.get(source)];
    if (after !== undefined && step !== undefined)
      return {
        x: after.x - columnGap - inBlock(step).x - inBlock(step).width,
        y: Math.round(middle(after) - inBlock(step).y),
      };
  }
  return undefined;
}

function middle({ y, height }: Bounds): number {
  return y + height / 2;
}

function belowEverything(canvas: Canvas): Point {
  const { x, y, height } = canvas.bounds;
  return { x: Math.round(x), y: Math.round(y + height + rowGap) };
}
