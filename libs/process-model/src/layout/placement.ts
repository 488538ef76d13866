import type { XmlElement } from '../xml/xml-tree.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where the elements of one plane lie, in pixels. */
export interface Placement {
  readonly shapes: ReadonlyMap<XmlElement, Bounds>;
  readonly edges: ReadonlyMap<XmlElement, readonly Point[]>;
}

/** The smallest rectangle around everything placed. */
export function boundsOf({ shapes, edges }: Placement): Bounds {
  const corners = Array.from(shapes.values()).flatMap(({ x, y, width, height }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  return enclosed([...corners, ...Array.from(edges.values()).flat()]);
}

/** The smallest rectangle around all of these. */
export function enclosing(rectangles: readonly Bounds[]): Bounds {
  return enclosed(
    rectangles.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

function enclosed(points: readonly Point[]): Bounds {
  if (points.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const [left, top] = [smallest(points.map(({ x }) => x)), smallest(points.map(({ y }) => y))];
  const [right, bottom] = [largest(points.map(({ x }) => x)), largest(points.map(({ y }) => y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Not `Math.min(...values)`: a large diagram has more points than a call takes arguments. */
function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

export function moved({ shapes, edges }: Placement, by: Point): Placement {
  return {
    shapes: new Map(
      Array.from(shapes, ([element, bounds]) => [element, { ...bounds, x: bounds.x + by.x, y: bounds.y + by.y }]),
    ),
    edges: new Map(
      Array.from(edges, ([element, points]) => [element, points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }))]),
    ),
  };
}

export function merged(...placements: readonly Placement[]): Placement {
  return {
    shapes: new Map(placements.flatMap(({ shapes }) => Array.from(shapes))),
    edges: new Map(placements.flatMap(({ edges }) => Array.from(edges))),
  };
}
