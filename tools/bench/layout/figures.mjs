// What can be counted of a drawing. Fewer and less is better, everywhere.
import { commonPiece, crossingsOf, shared, slack } from './crossings.mjs';
import { flowsIn, stepsIn } from './drawing.mjs';

/**
 * @param {import('./drawing.mjs').Step} process
 * @param {import('./drawing.mjs').Drawing} drawing
 * @returns {{crossings: number, 'through-shapes': number, 'shared-lines': number, 'shape-overlaps': number, length: number, area: number, undrawn: number}}
 */
export function figuresOf(process, drawing) {
  const steps = Array.from(stepsIn(process));
  const lines = flowsIn(process).flatMap((flow) =>
    drawing.edges.has(flow.id) ? [{ ...flow, pieces: piecesOf(drawing.edges.get(flow.id)) }] : [],
  );
  const boxes = steps.flatMap((step) =>
    drawing.shapes.has(step.id) ? [{ step, box: drawing.shapes.get(step.id) }] : [],
  );
  const pairs = lines.flatMap((one, index) => lines.slice(index + 1).map((other) => [one, other]));
  return {
    crossings: sum(pairs.map(([one, other]) => crossingsOf(one.pieces, other.pieces))),
    'through-shapes': sum(lines.map((line) => boxes.filter((each) => leadsThrough(line, each)).length)),
    'shared-lines': pairs.filter(([one, other]) =>
      one.pieces.some((piece) => other.pieces.some((each) => commonPiece(piece, each) !== undefined)),
    ).length,
    'shape-overlaps': sum(
      boxes.map(
        (one, index) =>
          boxes.slice(index + 1).filter((other) => !belongTogether(one.step, other.step) && overlap(one.box, other.box))
            .length,
      ),
    ),
    length: Math.round(
      sum(lines.flatMap(({ pieces }) => pieces.map(([from, to]) => Math.abs(from.x - to.x) + Math.abs(from.y - to.y)))),
    ),
    area: Math.round(
      areaOf(
        boxes.map(({ box }) => box),
        lines.flatMap(({ pieces }) => pieces.flat()),
      ),
    ),
    undrawn: steps.length - boxes.length + flowsIn(process).length - lines.length,
  };
}

function piecesOf(points) {
  return points.slice(1).map((to, index) => [points[index], to]);
}

function runsThrough([from, to], { x, y, width, height }) {
  return (
    shared([from.x, to.x], [x + slack, x + width - slack]) >= 0 &&
    shared([from.y, to.y], [y + slack, y + height - slack]) >= 0
  );
}

function leadsThrough(line, { step, box }) {
  if (isAround(step, line)) return false;
  return line.pieces.some((piece) => runsThrough(piece, box) && !(isEnd(step, line) && isBeside(piece, step, box)));
}

function isEnd({ id }, { from, to }) {
  return id === from || id === to;
}

/** In the rectangle around a circle or a diamond, outside of its border: where its own lines end. */
function isBeside([from, to], { kind }, { x, y, width, height }) {
  const [right, down] = [
    nearest(x + width / 2, from.x, to.x) - x - width / 2,
    nearest(y + height / 2, from.y, to.y) - y - height / 2,
  ];
  if (kind.endsWith('Event')) return Math.hypot(right, down) >= width / 2 - slack;
  return kind.endsWith('Gateway') && Math.abs(right) + Math.abs(down) >= width / 2 - slack;
}

function nearest(value, one, other) {
  return Math.max(Math.min(one, other), Math.min(Math.max(one, other), value));
}

/** A sub-process is around its own lines; a boundary event lies half in its host, where lines may end at it. */
function isAround(step, { from, to }) {
  const holds = Array.from(stepsIn(step)).some(({ id }) => id === from || id === to);
  return holds || (step.host !== undefined && (step.id === from || step.host === to));
}

function belongTogether(one, other) {
  return isInside(one, other) || isInside(other, one) || one.host === other.id || other.host === one.id;
}

function isInside(inner, outer) {
  return (
    inner.parent !== undefined &&
    (inner.parent === outer ||
      inner.parent.id === outer.host ||
      isInside(inner.parent, outer) ||
      inner.host === outer.id)
  );
}

function overlap(one, other) {
  return (
    shared([one.x, one.x + one.width], [other.x, other.x + other.width]) > slack &&
    shared([one.y, one.y + one.height], [other.y, other.y + other.height]) > slack
  );
}

function areaOf(boxes, points) {
  const corners = [
    ...boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
    ...points,
  ];
  const extent = (axis) =>
    Math.max(...corners.map((corner) => corner[axis])) - Math.min(...corners.map((corner) => corner[axis]));
  return extent('x') * extent('y');
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
