// Where two right-angled lines cross: one runs across the other, or both run together for a while and part on the other side.

/** Pixels by which things may touch: rounding is no fault. */
export const slack = 1;

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {[Point, Point]} Piece a straight part of a line, in its direction
 */

/** @param {Piece[]} one @param {Piece[]} other */
export function crossingsOf(one, other) {
  let found = 0;
  for (const [at, piece] of one.entries()) {
    for (const [place, each] of other.entries()) {
      if (isAcross(piece, each) || isAcross(each, piece) || changesSides({ line: one, at }, { line: other, at: place }))
        found += 1;
    }
  }
  return found;
}

function isAcross([from, to], [low, high]) {
  if (from.y !== to.y || low.x !== high.x) return false;
  return isBetween(low.x, from.x, to.x) && isBetween(from.y, low.y, high.y);
}

function isBetween(value, one, other) {
  return value > Math.min(one, other) + slack && value < Math.max(one, other) - slack;
}

/** How much two ranges have in common; less than 0: how far they are apart. */
export function shared(one, other) {
  return Math.min(Math.max(...one), Math.max(...other)) - Math.max(Math.min(...one), Math.min(...other));
}

/** @returns the axis along which both run on each other */
export function commonPiece(one, other) {
  return ['x', 'y'].find((along) => {
    const across = acrossOf(along);
    const isFlat = [...one, ...other].every((point) => Math.abs(point[across] - one[0][across]) < slack);
    const [range, otherRange] = [one, other].map((piece) => piece.map((point) => point[along]));
    return isFlat && shared(range, otherRange) > slack;
  });
}

function acrossOf(along) {
  return along === 'x' ? 'y' : 'x';
}

/** The lines come together on one side of each other and part on the other one: drawn apart they would cross. */
function changesSides(one, other) {
  const along = commonPiece(one.line[one.at], other.line[other.at]);
  if (along === undefined) return false;
  const sides = [-1, 1].map((way) => sideAt(one, other, along, way));
  return sides[0] * sides[1] < 0;
}

/** On which side of the other line the one is where their common piece ends: -1 or 1, 0 when neither tells. */
function sideAt(one, other, along, way) {
  const [mine, theirs] = [one, other].map(({ line, at }) => Math.max(...line[at].map((point) => way * point[along])));
  if (Math.abs(mine - theirs) < slack) return Math.sign(turnAt(one, along, way) - turnAt(other, along, way));
  return mine < theirs ? turnAt(one, along, way) : -turnAt(other, along, way);
}

/** Where a line turns to at this end of its piece: -1 or 1, 0 where it begins or ends. */
function turnAt({ line, at }, along, way) {
  const across = acrossOf(along);
  const [from, to] = line[at];
  const isForward = way * (to[along] - from[along]) > 0;
  const next = isForward ? line[at + 1]?.[1] : line[at - 1]?.[0];
  return next === undefined ? 0 : Math.sign(next[across] - from[across]);
}
