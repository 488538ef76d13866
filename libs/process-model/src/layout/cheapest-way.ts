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
  /** The least that a whole way over here costs. */
  readonly atLeast: number;
  readonly previous: Step | undefined;
  readonly dock?: Dock;
}

/** The cheapest way on the grid of tracks (A*: a way costs at least its length). */
export class CheapestWay {
  readonly #xs: readonly number[];
  readonly #ys: readonly number[];
  readonly #cost: (segment: Segment) => number;
  readonly #open: Step[] = [];
  #goals: readonly Point[] = [];
  /** The least that a way to each place has cost so far, by the direction in which it comes there. */
  readonly #known = new Map<number, number>();

  constructor(xs: readonly number[], ys: readonly number[], cost: (segment: Segment) => number) {
    this.#xs = xs;
    this.#ys = ys;
    this.#cost = cost;
  }

  find(starts: readonly Dock[], ends: readonly Dock[]): Point[] {
    this.#goals = ends.map(outside);
    for (const dock of starts)
      this.#push({
        ...this.#at(outside(dock)),
        horizontal: isHorizontal(dock),
        cost: dock.cost + this.#cost({ from: dock, to: outside(dock) }),
        previous: undefined,
        dock,
      });
    const arrivals = this.#arrivalsAt(ends);
    let best: { step: Step; dock: Dock; cost: number } | undefined;
    for (
      let step = this.#pop();
      step !== undefined && (best === undefined || step.atLeast < best.cost);
      step = this.#pop()
    ) {
      // A cheaper way to the same place was found after this one.
      if (step.cost > (this.#known.get(this.#keyOf(step)) ?? Infinity)) continue;
      for (const { dock, cost } of arrivals.get(this.#placeOf(step)) ?? []) {
        const total = step.cost + cost + (isHorizontal(dock) === step.horizontal ? 0 : bendCost);
        if (best === undefined || total < best.cost) best = { step, dock, cost: total };
      }
      this.#expand(step);
    }
    return best === undefined ? [] : this.#path(best.step, best.dock);
  }

  /** What it costs to go on to a dock, by the place in front of it. */
  #arrivalsAt(ends: readonly Dock[]): ReadonlyMap<number, readonly { dock: Dock; cost: number }[]> {
    return Map.groupBy(
      ends.map((dock) => ({ dock, cost: dock.cost + this.#cost({ from: outside(dock), to: dock }) })),
      ({ dock }) => this.#placeOf(this.#at(outside(dock))),
    );
  }

  #placeOf({ column, row }: { readonly column: number; readonly row: number }): number {
    return column * this.#ys.length + row;
  }

  #keyOf(step: Pick<Step, 'column' | 'row' | 'horizontal'>): number {
    return 2 * this.#placeOf(step) + (step.horizontal ? 1 : 0);
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

  #push(started: Omit<Step, 'atLeast'>): void {
    const key = this.#keyOf(started);
    if (started.cost >= (this.#known.get(key) ?? Infinity)) return;
    this.#known.set(key, started.cost);
    const { x, y } = this.#point(started);
    const left = Math.min(...this.#goals.map((goal) => Math.abs(goal.x - x) + Math.abs(goal.y - y)));
    const step = { ...started, atLeast: started.cost + left };
    const open = this.#open;
    let at = open.push(step) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((open[above]?.atLeast ?? 0) <= step.atLeast) break;
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
      const smaller = (this.#open[right]?.atLeast ?? Infinity) < (this.#open[left]?.atLeast ?? Infinity) ? right : left;
      const child = this.#open[smaller];
      if (child === undefined || child.atLeast >= last.atLeast) break;
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
