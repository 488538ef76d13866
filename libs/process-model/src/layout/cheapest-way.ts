import type { Segment } from './obstacles.ts';
import type { Point } from './placement.ts';

/** A place where a line may leave or reach a shape, and the way it goes there. */
export interface Dock extends Point {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** How much a way from or to here is disliked, in pixels. */
  readonly cost: number;
}

/** Distance of a line from shapes and other lines, pixels. */
export const clearance = 12;
const bendCost = 40;

/** A little away from the shape, straight ahead of the dock. */
export function outside({ x, y, side }: Dock): Point {
  const reach = clearance + clearance / 2;
  return {
    x: side === 'left' ? x - reach : side === 'right' ? x + reach : x,
    y: side === 'top' ? y - reach : side === 'bottom' ? y + reach : y,
  };
}

interface Step {
  readonly column: number;
  readonly row: number;
  readonly horizontal: boolean;
  readonly cost: number;
  readonly previous: Step | undefined;
  readonly dock?: Dock;
}

/** The cheapest way on the grid of tracks (Dijkstra). */
export class CheapestWay {
  readonly #xs: readonly number[];
  readonly #ys: readonly number[];
  readonly #cost: (segment: Segment) => number;
  readonly #open: Step[] = [];

  constructor(xs: readonly number[], ys: readonly number[], cost: (segment: Segment) => number) {
    this.#xs = xs;
    this.#ys = ys;
    this.#cost = cost;
  }

  find(starts: readonly Dock[], ends: readonly Dock[]): Point[] {
    for (const dock of starts)
      this.#push({
        ...this.#at(outside(dock)),
        horizontal: isHorizontal(dock),
        cost: dock.cost + this.#cost({ from: dock, to: outside(dock) }),
        previous: undefined,
        dock,
      });
    const goals = new Map<string, { dock: Dock; cost: number }[]>();
    for (const dock of ends) {
      const { column, row } = this.#at(outside(dock));
      goals.set(`${column},${row}`, [
        ...(goals.get(`${column},${row}`) ?? []),
        { dock, cost: dock.cost + this.#cost({ from: outside(dock), to: dock }) },
      ]);
    }
    const done = new Set<string>();
    let best: { step: Step; dock: Dock; cost: number } | undefined;
    for (
      let step = this.#pop();
      step !== undefined && (best === undefined || step.cost < best.cost);
      step = this.#pop()
    ) {
      const key = `${step.column},${step.row},${step.horizontal}`;
      if (done.has(key)) continue;
      done.add(key);
      for (const { dock, cost } of goals.get(`${step.column},${step.row}`) ?? []) {
        const total = step.cost + cost + (isHorizontal(dock) === step.horizontal ? 0 : bendCost);
        if (best === undefined || total < best.cost) best = { step, dock, cost: total };
      }
      this.#expand(step);
    }
    return best === undefined ? [] : this.#path(best.step, best.dock);
  }

  #at(point: Point): { column: number; row: number } {
    return { column: this.#xs.indexOf(point.x), row: this.#ys.indexOf(point.y) };
  }

  #point({ column, row }: { readonly column: number; readonly row: number }): Point {
    return { x: this.#xs[column] ?? 0, y: this.#ys[row] ?? 0 };
  }

  #expand(step: Step): void {
    for (const [right, down] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const next = { column: step.column + right, row: step.row + down };
      if (this.#xs[next.column] === undefined || this.#ys[next.row] === undefined) continue;
      const horizontal = down === 0;
      const cost =
        step.cost +
        this.#cost({ from: this.#point(step), to: this.#point(next) }) +
        (horizontal === step.horizontal ? 0 : bendCost);
      this.#push({ ...next, horizontal, cost, previous: step });
    }
  }

  #path(last: Step, end: Dock): Point[] {
    const points: Point[] = [{ x: end.x, y: end.y }];
    let start: Dock | undefined;
    for (let step: Step | undefined = last; step !== undefined; step = step.previous) {
      points.push(this.#point(step));
      start = step.dock ?? start;
    }
    if (start !== undefined) points.push({ x: start.x, y: start.y });
    return withoutStraightPoints(points.toReversed());
  }

  #push(step: Step): void {
    const open = this.#open;
    let at = open.push(step) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((open[above]?.cost ?? 0) <= step.cost) break;
      open[at] = open[above] ?? step;
      open[above] = step;
      at = above;
    }
  }

  #pop(): Step | undefined {
    const [first] = this.#open;
    const last = this.#open.pop();
    if (first === undefined || last === undefined || this.#open.length === 0) return first;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const smaller = (this.#open[right]?.cost ?? Infinity) < (this.#open[left]?.cost ?? Infinity) ? right : left;
      const child = this.#open[smaller];
      if (child === undefined || child.cost >= last.cost) break;
      this.#open[at] = child;
      at = smaller;
    }
    this.#open[at] = last;
    return first;
  }
}

function isHorizontal({ side }: Dock): boolean {
  return side === 'left' || side === 'right';
}

function withoutStraightPoints(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y));
  });
}
