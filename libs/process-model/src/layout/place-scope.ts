import { eventNames, gatewayNames, subProcessNames } from '../bpmn/vocabulary.ts';
import { arrangeSteps } from './arrange-steps.ts';
import { laneBands, noBands } from './lane-bands.ts';
import { placeLanes } from './place-lanes.ts';
import { boundsOf, merged, moved } from './placement.ts';
import { drawRoutes } from './draw-routes.ts';
import { Streets } from './route-arrows.ts';
import { scopeGraph } from './scope-graph.ts';
import { tracks } from './tracks.ts';
import type { Cell } from './arrange-steps.ts';
import type { Bands } from './lane-bands.ts';
import type { BandHeights } from './place-lanes.ts';
import type { Bounds, Placement } from './placement.ts';
import type { Component, ScopeGraph } from './scope-graph.ts';
import type { Tracks } from './tracks.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Pixels. The sizes of steps are those that bpmn-io draws. */
const columnStreet = 50;
/** Wider than {@link columnStreet}: the labels of events stand here. */
const rowStreet = 70;
const padding = 40;
const eventSize = 36;
const boundaryInset = 10;
const boundaryGap = 8;

/** Lays out one process or sub-process: its steps, and its lanes around them. */
export function placeScope(scope: XmlElement): Placement {
  const bands = laneBands(scope);
  if (bands.lanes.length === 0) return placeParts(scope);
  const { steps, heights } = placeInBands(scope, bands);
  return merged(placeLanes(scope, steps, bands, heights), steps);
}

/** Connected steps in a grid, sub-processes open, unconnected parts below each other. */
function placeParts(scope: XmlElement): Placement {
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

/** All steps of a scope in one grid, those of each lane in rows of their own: a lane is one band across all parts. */
export function placeInBands(scope: XmlElement, bands: Bands): { steps: Placement; heights: BandHeights } {
  const graph = scopeGraph(scope);
  const all = {
    steps: graph.components.flatMap(({ steps }) => steps),
    arrows: graph.components.flatMap(({ arrows }) => arrows),
  };
  return placeGrid(all, graph, bands);
}

/** Connected steps of one scope, with everything inside them and their boundary events. */
export function placeComponent(component: Component, graph: ScopeGraph): Placement {
  return placeGrid(component, graph, noBands).steps;
}

function placeGrid(
  component: Component,
  { boundaries }: ScopeGraph,
  bands: Bands,
): { steps: Placement; heights: BandHeights } {
  const blocks = new Map(component.steps.map((step) => [step, block(step, (boundaries.get(step) ?? []).length)]));
  const { cells, firstRows } = arrangeSteps(component, bands);
  const streets = new Streets(component, cells);
  const { columns, rows } = gridOf(cells, streets, firstRows.at(-1) ?? 0, (step) =>
    boundsOf(blocks.get(step) ?? empty),
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
  const heights = firstRows.slice(1).map((end, band) => ({
    from: rows.border(firstRows[band] ?? 0),
    to: rows.border(end),
  }));
  return {
    steps: merged(...placed, { shapes, edges: drawRoutes(streets.routes, cells, shapes, { columns, rows }) }),
    heights,
  };
}

/** @param leastRows so many rows there are, also where no step stands in the last */
function gridOf(
  cells: ReadonlyMap<XmlElement, Cell>,
  streets: Streets,
  leastRows: number,
  size: (step: XmlElement) => Bounds,
): { columns: Tracks; rows: Tracks } {
  return {
    columns: tracks(
      cells,
      'column',
      columnStreet,
      (step) => size(step).width,
      (index) => streets.columnLanes(index),
    ),
    rows: tracks(
      cells,
      'row',
      rowStreet,
      (step) => size(step).height,
      (index) => streets.rowLanes(index),
      leastRows,
    ),
  };
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

/** The size of a step that holds no others. */
export function sizeOf({ localName }: XmlElement): { width: number; height: number } {
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
