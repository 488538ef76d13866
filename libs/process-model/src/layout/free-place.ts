import { contains, grown, overlap } from './obstacles.ts';
import type { Obstacles } from './obstacles.ts';
import type { Bounds, Point } from './placement.ts';

const step = 20;
const reach = 60;

export interface Search {
  readonly size: { readonly width: number; readonly height: number };
  /** Where it would stand best. */
  readonly wanted: Point;
  readonly obstacles: Obstacles;
  /** Shapes around it, which it may overlap. */
  readonly ignored: ReadonlySet<Bounds>;
  /** It has to lie inside. @default anywhere */
  readonly inside?: Bounds;
  /** Free space around it. @default 20 */
  readonly margin?: number;
}

/** The place nearest to the wanted one that covers no shape and no line; undefined when there is none inside. */
export function findFreePlace(search: Search): Point | undefined {
  for (const lines of ['avoided', 'covered'] as const) {
    for (let ring = 0; ring <= reach; ring += 1) {
      const found = ringPoints(search.wanted, ring).find((point) => isFree(point, search, lines === 'avoided'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Points at this distance, to the right and below first. */
function ringPoints({ x, y }: Point, ring: number): Point[] {
  if (ring === 0) return [{ x, y }];
  const points: Point[] = [];
  for (let side = 0; side <= ring; side += 1) {
    for (const [right, down] of [
      [ring, side],
      [side, ring],
      [ring, -side],
      [-side, ring],
      [side, -ring],
      [-ring, side],
      [-ring, -side],
      [-side, -ring],
    ] as const) {
      points.push({ x: x + right * step, y: y + down * step });
    }
  }
  return points;
}

function isFree(
  { x, y }: Point,
  { size, obstacles, ignored, inside, margin = step }: Search,
  avoidsLines: boolean,
): boolean {
  const bounds = { x, y, ...size };
  if (inside !== undefined && !contains(inside, bounds)) return false;
  const area = grown(bounds, margin);
  if (obstacles.shapesIn(area).some((shape) => !ignored.has(shape) && overlap(shape, area))) return false;
  return !avoidsLines || obstacles.segmentsIn(grown(bounds, margin / 2)).length === 0;
}
