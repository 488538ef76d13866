import { eventNames, gatewayNames, subProcessNames } from '../bpmn/vocabulary.ts';
import { arrangeSteps } from './arrange-steps.ts';
import { boundsOf, merged, moved } from './placement.ts';
import { Streets } from './route-arrows.ts';
import { scopeGraph } from './scope-graph.ts';
import type { Cell } from './arrange-steps.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { Lane, Route } from './route-arrows.ts';
import type { Component, ScopeGraph } from './scope-graph.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Pixels. The sizes of steps are those that bpmn-io draws. */
const columnStreet = 50;
/** Wider than {@link columnStreet}: the labels of events stand here. */
const rowStreet = 70;
const laneWidth = 12;
const padding = 40;
const eventSize = 36;
const boundaryInset = 10;
const boundaryGap = 8;

/** Lays out one process or sub-process: connected steps in a grid, sub-processes open, unconnected parts below each other. */
export function placeScope(scope: XmlElement): Placement {
  const graph = scopeGraph(scope);
  let top = 0;
  const parts = graph.components.map((component) => {
    const placement = placeComponent(component, graph);
    const { x, y, height } = boundsOf(placement);
    const placed = moved(placement, { x: -x, y: top - y });
    top += height + rowStreet;
    return placed;
  });
  return merged(...parts);
}

/** Connected steps of one scope, with everything inside them and their boundary events. */
export function placeComponent(component: Component, { boundaries }: ScopeGraph): Placement {
  const blocks = new Map(component.steps.map((step) => [step, block(step, (boundaries.get(step) ?? []).length)]));
  const cells = arrangeSteps(component);
  const streets = new Streets(component, cells);
  const columns = tracks(
    component.steps,
    cells,
    'column',
    columnStreet,
    (step) => boundsOf(blocks.get(step) ?? empty).width,
    (index) => streets.columnLanes(index),
  );
  const rows = tracks(
    component.steps,
    cells,
    'row',
    rowStreet,
    (step) => boundsOf(blocks.get(step) ?? empty).height,
    (index) => streets.rowLanes(index),
  );
  const placed = Array.from(blocks, ([step, content]) => {
    const { column, row } = cells.get(step) ?? { column: 0, row: 0 };
    const { x, y, width, height } = boundsOf(content);
    return moved(content, {
      x: Math.round(columns.middle(column) - width / 2) - x,
      y: Math.round(rows.middle(row) - height / 2) - y,
    });
  });
  const shapes = new Map(placed.flatMap((content) => Array.from(content.shapes)));
  for (const step of component.steps) {
    const host = shapes.get(step);
    if (host !== undefined)
      (boundaries.get(step) ?? []).forEach((event, index) => shapes.set(event, boundaryBounds(host, index)));
  }
  const edges = streets.routes.map((route): [XmlElement, Point[]] => [
    route.arrow.flow,
    waypoints(route, shapes, columns, rows),
  ]);
  return merged(...placed, { shapes, edges: new Map(edges) });
}

const empty: Placement = { shapes: new Map(), edges: new Map() };

/** A step with everything inside it, wide enough for its boundary events. */
function block(step: XmlElement, boundaryEvents: number): Placement {
  const border =
    boundaryEvents === 0 ? 0 : 2 * boundaryInset + boundaryEvents * (eventSize + boundaryGap) - boundaryGap;
  const shape = (bounds: Bounds): Placement => ({ shapes: new Map([[step, bounds]]), edges: new Map() });
  const size = sizeOf(step);
  if (!subProcessNames.has(step.localName)) return shape({ x: 0, y: 0, ...size, width: Math.max(size.width, border) });
  const content = placeScope(step);
  const { x, y, width, height } = boundsOf(content);
  return merged(
    shape({
      x: x - padding,
      y: y - padding,
      width: Math.max(border, Math.max(width, 20) + 2 * padding),
      height: height + 2 * padding,
    }),
    content,
  );
}

function sizeOf({ localName }: XmlElement): { width: number; height: number } {
  if (eventNames.has(localName)) return { width: eventSize, height: eventSize };
  return gatewayNames.has(localName) ? { width: 50, height: 50 } : { width: 100, height: 80 };
}

/** Boundary events sit on the lower border of their host, from left to right. */
function boundaryBounds(host: Bounds, index: number): Bounds {
  return {
    x: host.x + boundaryInset + index * (eventSize + boundaryGap),
    y: host.y + host.height - eventSize / 2,
    width: eventSize,
    height: eventSize,
  };
}

/** Positions along one axis: columns (or rows) as wide as their widest step, streets as wide as their lanes need. */
interface Tracks {
  readonly middle: (index: number) => number;
  readonly lane: (lane: Lane) => number;
}

function tracks(
  steps: readonly XmlElement[],
  cells: ReadonlyMap<XmlElement, Cell>,
  axis: keyof Cell,
  street: number,
  extent: (step: XmlElement) => number,
  lanes: (index: number) => number,
): Tracks {
  const widths: number[] = [];
  for (const step of steps) {
    const index = cells.get(step)?.[axis] ?? 0;
    widths[index] = Math.max(widths[index] ?? 0, extent(step));
  }
  const starts = [street + lanes(-1) * laneWidth];
  Array.from(widths).forEach((width, index) => {
    starts[index + 1] = (starts[index] ?? 0) + (width ?? 0) + street + lanes(index) * laneWidth;
  });
  return {
    middle: (index) => (starts[index] ?? 0) + (widths[index] ?? 0) / 2,
    lane: (at) => Math.round((starts[at.street] ?? 0) + (widths[at.street] ?? 0) + street / 2 + at.lane * laneWidth),
  };
}

/** Out at the right (of a boundary event: at the bottom), in at the left. */
function waypoints(
  { arrow, exit, across, entry }: Route,
  shapes: ReadonlyMap<XmlElement, Bounds>,
  columns: Tracks,
  rows: Tracks,
): Point[] {
  const from = shapes.get(arrow.boundary ?? arrow.source) ?? { x: 0, y: 0, width: 0, height: 0 };
  const to = shapes.get(arrow.target) ?? from;
  const start =
    arrow.boundary === undefined
      ? { x: from.x + from.width, y: middleOf(from.y, from.height) }
      : { x: middleOf(from.x, from.width), y: from.y + from.height };
  const end = { x: to.x, y: middleOf(to.y, to.height) };
  const points = [start];
  const turn = (next: Partial<Point>): void => {
    points.push({ ...(points.at(-1) ?? start), ...next });
  };
  if (exit !== undefined) turn({ x: columns.lane(exit) });
  if (across !== undefined) turn({ y: rows.lane(across) });
  if (entry !== undefined) turn({ x: columns.lane(entry) });
  if (points.at(-1)?.y !== end.y) turn({ y: end.y });
  return [...points, end];
}

function middleOf(start: number, length: number): number {
  return Math.round(start + length / 2);
}
