import type { Cell } from './arrange-steps.ts';
import type { Lane, Route } from './route.ts';
import type { Arrow } from './scope-graph.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** One vertical piece in a street: which heights it spans, and at which ones it goes on to the left and to the right. */
interface Piece {
  readonly arrow: Arrow;
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** Heights are counted in rows; a street between two rows lies half a row below the first, each of its lanes a little lower. */
const laneHeight = 1e-4;
/** A line that turns up meets its step a little above the middle, one that turns down a little below. */
const endHeight = 1e-3;

/** A fan of thousands of lines would take seconds to order, and nobody follows a single one of them. */
const mostPieces = 300;

/** The same routes with the lanes of each upright street in the order in which they cross each other least. */
export function orderLanes(routes: readonly Route[], cells: ReadonlyMap<XmlElement, Cell>): Route[] {
  const pieces = routes.flatMap((route) => piecesOf(route, cells));
  const ordered = new Map<Lane, Lane>();
  for (const [street, inStreet] of Map.groupBy(pieces, ({ lane }) => lane.street)) {
    if (inStreet.length <= mostPieces)
      leastCrossing(inStreet).forEach(({ lane: known }, lane) => ordered.set(known, { street, lane }));
  }
  const place = (lane: Lane | undefined): Lane | undefined =>
    lane === undefined ? undefined : (ordered.get(lane) ?? lane);
  return routes.map((route) => ({ ...route, exit: place(route.exit), entry: place(route.entry) }));
}

function piecesOf({ arrow, exit, across, entry }: Route, cells: ReadonlyMap<XmlElement, Cell>): Piece[] {
  const [source, target] = [cells.get(arrow.source), cells.get(arrow.target)];
  if (source === undefined || target === undefined) return [];
  const level = across === undefined ? target.row : across.street + 0.5 + across.lane * laneHeight;
  const start = source.row + (level < source.row ? -endHeight : endHeight);
  const end = target.row + ((across === undefined ? source.row : level) < target.row ? -endHeight : endHeight);
  const between = across === undefined ? end : level;
  const forward = target.column > source.column;
  const found: Piece[] = [];
  if (exit !== undefined)
    found.push({
      arrow,
      lane: exit,
      from: start,
      to: between,
      left: forward ? [start] : [start, between],
      right: forward ? [between] : [],
    });
  if (entry !== undefined)
    found.push({
      arrow,
      lane: entry,
      from: between,
      to: end,
      left: forward ? [between] : [],
      right: forward ? [end] : [end, between],
    });
  return found;
}

/** Neighbours change places as long as that takes crossings away: each change does, so that it ends. */
function leastCrossing(pieces: readonly Piece[]): Piece[] {
  const order = pieces.toSorted((one, other) => one.lane.lane - other.lane.lane);
  for (let changed = true; changed; ) {
    changed = false;
    for (let place = 0; place + 1 < order.length; place += 1) {
      const [one, other] = [order[place], order[place + 1]];
      if (one === undefined || other === undefined || crossings(other, one) >= crossings(one, other)) continue;
      [order[place], order[place + 1]] = [other, one];
      changed = true;
    }
  }
  return order;
}

/** With the one left of the other; a line does not cross itself. */
function crossings(one: Piece, other: Piece): number {
  if (one.arrow === other.arrow) return 0;
  return sum(one.right.map((height) => within(height, other))) + sum(other.left.map((height) => within(height, one)));
}

/** Two lines that meet one step at one height pass each other once, though each of them is within the other. */
function within(height: number, { from, to }: Piece): number {
  if (height === from || height === to) return 0.5;
  return height > Math.min(from, to) && height < Math.max(from, to) ? 1 : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
