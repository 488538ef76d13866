// Where two right-angled lines cross: one runs across the other, or both run together for a while and part on the other side.

/** Pixels by which things may touch: rounding is no fault. */
export const slack = 1;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight part of a line, in its direction. */
export type Piece = readonly [Point, Point];

type Axis = 'x' | 'y';
type Range = readonly number[];

/** One piece of a line, by its place in the line. */
interface Place {
  readonly line: readonly Piece[];
  readonly at: number;
  readonly piece: Piece;
}

export function crossingsOf(one: readonly Piece[], other: readonly Piece[]): number {
  let found = 0;
  for (const [at, piece] of one.entries()) {
    for (const [place, each] of other.entries()) {
      const [mine, theirs] = [
        { line: one, at, piece },
        { line: other, at: place, piece: each },
      ];
      if (isAcross(piece, each) || isAcross(each, piece) || changesSides(mine, theirs)) found += 1;
    }
  }
  return found;
}

function isAcross([from, to]: Piece, [low, high]: Piece): boolean {
  if (from.y !== to.y || low.x !== high.x) return false;
  return isBetween(low.x, from.x, to.x) && isBetween(from.y, low.y, high.y);
}

function isBetween(value: number, one: number, other: number): boolean {
  return value > Math.min(one, other) + slack && value < Math.max(one, other) - slack;
}

/** How much two ranges have in common; less than 0: how far they are apart. */
export function shared(one: Range, other: Range): number {
  return Math.min(Math.max(...one), Math.max(...other)) - Math.max(Math.min(...one), Math.min(...other));
}

/** @returns the axis along which both run on each other */
export function commonPiece(one: Piece, other: Piece): Axis | undefined {
  return (['x', 'y'] as const).find((along) => {
    const across = acrossOf(along);
    const isFlat = [...one, ...other].every((point) => Math.abs(point[across] - one[0][across]) < slack);
    const rangeOf = (piece: Piece) => piece.map((point) => point[along]);
    return isFlat && shared(rangeOf(one), rangeOf(other)) > slack;
  });
}

function acrossOf(along: Axis): Axis {
  return along === 'x' ? 'y' : 'x';
}

/** The lines come together on one side of each other and part on the other one: drawn apart they would cross. */
function changesSides(one: Place, other: Place): boolean {
  const along = commonPiece(one.piece, other.piece);
  if (along === undefined) return false;
  return sideAt(one, other, along, -1) * sideAt(one, other, along, 1) < 0;
}

/** On which side of the other line the one is where their common piece ends: -1 or 1, 0 when neither tells. */
function sideAt(one: Place, other: Place, along: Axis, way: number): number {
  const endOf = ({ piece }: Place) => Math.max(...piece.map((point) => way * point[along]));
  const [mine, theirs] = [endOf(one), endOf(other)];
  if (Math.abs(mine - theirs) < slack) return Math.sign(turnAt(one, along, way) - turnAt(other, along, way));
  return mine < theirs ? turnAt(one, along, way) : -turnAt(other, along, way);
}

/** Where a line turns to at this end of its piece: -1 or 1, 0 where it begins or ends. */
function turnAt({ line, at, piece: [from, to] }: Place, along: Axis, way: number): number {
  const across = acrossOf(along);
  const isForward = way * (to[along] - from[along]) > 0;
  const next = isForward ? line[at + 1]?.[1] : line[at - 1]?.[0];
  return next === undefined ? 0 : Math.sign(next[across] - from[across]);
}
