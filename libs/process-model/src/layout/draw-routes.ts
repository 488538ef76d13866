import { indentBeside } from './outline.ts';
import { spreadEnds } from './spread-ends.ts';
import type { Cell } from './arrange-steps.ts';
import type { Bounds, Point } from './placement.ts';
import type { Route } from './route.ts';
import type { LineEnds } from './spread-ends.ts';
import type { Tracks } from './tracks.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

interface Grid {
  readonly columns: Tracks;
  readonly rows: Tracks;
}

/** The points of all lines of a component. */
export function drawRoutes(
  routes: readonly Route[],
  cells: ReadonlyMap<XmlElement, Cell>,
  shapes: ReadonlyMap<XmlElement, Bounds>,
  grid: Grid,
): Map<XmlElement, Point[]> {
  const ends = spreadEnds(routes, cells, shapes);
  return new Map(
    routes.map((route) => [route.arrow.flow, waypoints(route, ends.get(route) ?? { start: 0, end: 0 }, shapes, grid)]),
  );
}

/** Out at the right (of a boundary event: at the bottom), in at the left. */
function waypoints(
  { arrow, exit, across, entry }: Route,
  ends: LineEnds,
  shapes: ReadonlyMap<XmlElement, Bounds>,
  { columns, rows }: Grid,
): Point[] {
  const none = { x: 0, y: 0, width: 0, height: 0 };
  const leaving = arrow.boundary ?? arrow.source;
  const [from, to] = [shapes.get(leaving) ?? none, shapes.get(arrow.target) ?? none];
  const indent = indentBeside(leaving, from, ends.start);
  const start =
    arrow.boundary === undefined
      ? { x: from.x + from.width - indent, y: middleOf(from.y, from.height) + ends.start }
      : { x: middleOf(from.x, from.width) + ends.start, y: from.y + from.height - indent };
  const end = {
    x: to.x + indentBeside(arrow.target, to, ends.end),
    y: middleOf(to.y, to.height) + ends.end,
  };
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
