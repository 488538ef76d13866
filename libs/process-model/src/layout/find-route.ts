import { CheapestWay, clearance, outside } from './cheapest-way.ts';
import { around, grown, overlap, touches } from './obstacles.ts';
import type { Dock } from './cheapest-way.ts';
import type { Obstacles, Segment } from './obstacles.ts';
import type { Bounds, Point } from './placement.ts';

const crossingCost = 60;
/** Along another line or through a shape: only when there is no other way at all. */
const blockedCost = 3000;
const windowMargin = 160;
const mostObstacles = 40;

/** A right-angled way between two docks, around shapes, across few lines and along none. */
export function findRoute(
  starts: readonly Dock[],
  ends: readonly Dock[],
  obstacles: Obstacles,
  ignored: ReadonlySet<Bounds>,
): Point[] {
  const area = grown(boundsOfPoints([...starts, ...ends]), windowMargin);
  const shapes = nearest(
    obstacles.shapesIn(area).filter((shape) => !ignored.has(shape)),
    area,
  );
  const lines = obstacles.segmentsIn(area);
  const xs = tracks(
    shapes.flatMap(({ x, width }) => [x, x + width]),
    [...starts, ...ends].map((dock) => outside(dock).x),
    lines.filter(({ from, to }) => from.x === to.x).map(({ from }) => from.x),
  );
  const ys = tracks(
    shapes.flatMap(({ y, height }) => [y, y + height]),
    [...starts, ...ends].map((dock) => outside(dock).y),
    lines.filter(({ from, to }) => from.y === to.y).map(({ from }) => from.y),
  );
  const walls = shapes.map((shape) => grown(shape, clearance / 2));
  return new CheapestWay(xs, ys, costOnTracks(walls, lines)).find(starts, ends);
}

function nearest(shapes: readonly Bounds[], area: Bounds): Bounds[] {
  const centre = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  const distance = ({ x, y, width, height }: Bounds): number =>
    Math.abs(x + width / 2 - centre.x) + Math.abs(y + height / 2 - centre.y);
  return shapes.toSorted((one, other) => distance(one) - distance(other)).slice(0, mostObstacles);
}

/** Coordinates on which a way may run: beside shapes, through docks, and beside lines that are there. */
function tracks(borders: readonly number[], docks: readonly number[], lines: readonly number[]): number[] {
  const beside = borders.flatMap((border) => [
    border - 2 * clearance,
    border - clearance,
    border + clearance,
    border + 2 * clearance,
  ]);
  const parallel = lines.slice(0, 2 * mostObstacles).flatMap((line) => [line - clearance, line + clearance]);
  return Array.from(new Set([...beside, ...docks, ...parallel])).toSorted((one, other) => one - other);
}

/** What lies so far from a track, in pixels, costs nothing on it. */
const reach = 4;

interface Beside {
  readonly walls: readonly Bounds[];
  readonly lines: readonly Segment[];
}

/** The cost of a piece of a way. All pieces lie on tracks: what is near one is looked up once, and not for every piece. */
function costOnTracks(walls: readonly Bounds[], lines: readonly Segment[]): (segment: Segment) => number {
  const besideTracks = (from: 'x' | 'y', size: 'width' | 'height') => {
    const known = new Map<number, Beside>();
    return (track: number): Beside => {
      const isNear = (area: Bounds): boolean => area[from] - reach < track && track < area[from] + area[size] + reach;
      const beside = known.get(track) ?? {
        walls: walls.filter(isNear),
        lines: lines.filter((line) => isNear(around(line))),
      };
      known.set(track, beside);
      return beside;
    };
  };
  const [besideRow, besideColumn] = [besideTracks('y', 'height'), besideTracks('x', 'width')];
  return (segment) => {
    const { from, to } = segment;
    const beside = from.y === to.y ? besideRow(from.y) : besideColumn(from.x);
    return costOf(segment, beside.walls, beside.lines);
  };
}

function costOf(segment: Segment, walls: readonly Bounds[], lines: readonly Segment[]): number {
  let cost = Math.abs(segment.from.x - segment.to.x) + Math.abs(segment.from.y - segment.to.y);
  const area = around(segment);
  for (const wall of walls) if (touches(segment, wall)) cost += blockedCost;
  for (const line of lines) {
    if (runsAlong(segment, line)) cost += blockedCost;
    else if (overlap(grown(area, 1), grown(around(line), 1)) && touches(line, grown(area, 1))) cost += crossingCost;
  }
  return cost;
}

/** Parallel, so close that one cannot be told from the other, and beside each other for some length. */
function runsAlong(one: Segment, other: Segment): boolean {
  for (const [along, across] of [
    ['x', 'y'],
    ['y', 'x'],
  ] as const) {
    if (Math.abs(one.from[across] - one.to[across]) > 0.5 || Math.abs(other.from[across] - other.to[across]) > 0.5)
      continue;
    if (Math.abs(one.from[across] - other.from[across]) > 3) continue;
    const low = Math.max(Math.min(one.from[along], one.to[along]), Math.min(other.from[along], other.to[along]));
    const high = Math.min(Math.max(one.from[along], one.to[along]), Math.max(other.from[along], other.to[along]));
    if (high - low > 1) return true;
  }
  return false;
}

function boundsOfPoints(points: readonly Point[]): Bounds {
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}
