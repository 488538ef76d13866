import type { Bounds, Point } from './placement.ts';

export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

/** What a new part of a drawing has to go around; asks for the neighbourhood only, so that large drawings stay quick. */
export class Obstacles {
  readonly #shapes = new Neighbourhood<Bounds>();
  readonly #segments = new Neighbourhood<Segment>();

  addShape(bounds: Bounds): void {
    this.#shapes.add(bounds, bounds);
  }

  addEdge(points: readonly Point[]): void {
    points.slice(1).forEach((to, index) => {
      const segment = { from: points[index] ?? to, to };
      this.#segments.add(segment, around(segment));
    });
  }

  shapesIn(area: Bounds): Bounds[] {
    return this.#shapes.near(area).filter((shape) => overlap(shape, area));
  }

  segmentsIn(area: Bounds): Segment[] {
    return this.#segments.near(area).filter((segment) => touches(segment, area));
  }
}

const cellSize = 200;
/** Wider things are kept in one list: a shape of a million pixels must not fill a million cells. */
const mostCells = 400;

class Neighbourhood<Value> {
  readonly #cells = new Map<string, Set<Value>>();
  readonly #all = new Set<Value>();
  readonly #wide = new Set<Value>();

  add(value: Value, area: Bounds): void {
    this.#all.add(value);
    const keys = cellsOf(area);
    if (keys === undefined) this.#wide.add(value);
    for (const key of keys ?? []) {
      const known = this.#cells.get(key);
      if (known === undefined) this.#cells.set(key, new Set([value]));
      else known.add(value);
    }
  }

  near(area: Bounds): Value[] {
    const keys = cellsOf(area);
    if (keys === undefined) return [...this.#all];
    return [...new Set([...this.#wide, ...keys.flatMap((key) => [...(this.#cells.get(key) ?? [])])])];
  }
}

function cellsOf({ x, y, width, height }: Bounds): string[] | undefined {
  const [left, right] = [Math.floor(x / cellSize), Math.floor((x + width) / cellSize)];
  const [top, bottom] = [Math.floor(y / cellSize), Math.floor((y + height) / cellSize)];
  if ((right - left + 1) * (bottom - top + 1) > mostCells) return undefined;
  const cells: string[] = [];
  for (let column = left; column <= right; column += 1) {
    for (let row = top; row <= bottom; row += 1) cells.push(`${column},${row}`);
  }
  return cells;
}

export function around({ from, to }: Segment): Bounds {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x),
    height: Math.abs(from.y - to.y),
  };
}

/** Borders that touch do not overlap. */
export function overlap(one: Bounds, other: Bounds): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

export function grown({ x, y, width, height }: Bounds, by: number): Bounds {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

export function contains(outer: Bounds, inner: Bounds): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Whether the line runs through the inside of the area; exact for slanted lines too. */
export function touches({ from, to }: Segment, area: Bounds): boolean {
  let [enter, leave] = [0, 1];
  for (const [start, delta, low, high] of [
    [from.x, to.x - from.x, area.x, area.x + area.width],
    [from.y, to.y - from.y, area.y, area.y + area.height],
  ] as const) {
    if (delta === 0) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const [one, other] = [(low - start) / delta, (high - start) / delta];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter < leave;
}
