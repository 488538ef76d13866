// What can be counted of a drawing. Fewer and less is better, everywhere.
import { commonPiece, crossingsOf, type Piece, type Point, shared, slack } from './crossings.ts';
import { type Box, type Drawing, type Flow, flowsIn, type Step, stepsIn } from './drawing.ts';

export type Figure = 'crossings' | 'through-shapes' | 'shared-lines' | 'shape-overlaps' | 'length' | 'area' | 'undrawn';

interface Line extends Flow {
  readonly pieces: readonly Piece[];
}

interface Shape {
  readonly step: Step;
  readonly box: Box;
}

export function figuresOf(process: Step, drawing: Drawing): Record<Figure, number> {
  const steps = Array.from(stepsIn(process));
  const lines = flowsIn(process).flatMap((flow): readonly Line[] => {
    const points = drawing.edges.get(flow.id);
    return points === undefined ? [] : [{ ...flow, pieces: piecesOf(points) }];
  });
  const boxes = steps.flatMap((step): readonly Shape[] => {
    const box = drawing.shapes.get(step.id);
    return box === undefined ? [] : [{ step, box }];
  });
  const pairs = lines.flatMap((one, index) => lines.slice(index + 1).map((other) => [one, other] as const));
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

function piecesOf(points: readonly Point[]): readonly Piece[] {
  return points.slice(1).map((to, index): Piece => [points[index] ?? to, to]);
}

function runsThrough([from, to]: Piece, { x, y, width, height }: Box): boolean {
  return (
    shared([from.x, to.x], [x + slack, x + width - slack]) >= 0 &&
    shared([from.y, to.y], [y + slack, y + height - slack]) >= 0
  );
}

function leadsThrough(line: Line, { step, box }: Shape): boolean {
  if (isAround(step, line)) return false;
  return line.pieces.some((piece) => runsThrough(piece, box) && !(isEnd(step, line) && isBeside(piece, step, box)));
}

function isEnd({ id }: Step, { from, to }: Flow): boolean {
  return id === from || id === to;
}

/** In the rectangle around a circle or a diamond, outside of its border: where its own lines end. */
function isBeside([from, to]: Piece, { kind }: Step, { x, y, width, height }: Box): boolean {
  const [right, down] = [
    nearest(x + width / 2, from.x, to.x) - x - width / 2,
    nearest(y + height / 2, from.y, to.y) - y - height / 2,
  ];
  if (kind.endsWith('Event')) return Math.hypot(right, down) >= width / 2 - slack;
  return kind.endsWith('Gateway') && Math.abs(right) + Math.abs(down) >= width / 2 - slack;
}

function nearest(value: number, one: number, other: number): number {
  return Math.max(Math.min(one, other), Math.min(Math.max(one, other), value));
}

/** A sub-process is around its own lines; a boundary event lies half in its host, where lines may end at it. */
function isAround(step: Step, { from, to }: Flow): boolean {
  const holds = Array.from(stepsIn(step)).some(({ id }) => id === from || id === to);
  return holds || (step.host !== undefined && (step.id === from || step.host === to));
}

function belongTogether(one: Step, other: Step): boolean {
  return isInside(one, other) || isInside(other, one) || one.host === other.id || other.host === one.id;
}

function isInside(inner: Step, outer: Step): boolean {
  return (
    inner.parent !== undefined &&
    (inner.parent === outer ||
      inner.parent.id === outer.host ||
      isInside(inner.parent, outer) ||
      inner.host === outer.id)
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    shared([one.x, one.x + one.width], [other.x, other.x + other.width]) > slack &&
    shared([one.y, one.y + one.height], [other.y, other.y + other.height]) > slack
  );
}

function areaOf(boxes: readonly Box[], points: readonly Point[]): number {
  const corners = [
    ...boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
    ...points,
  ];
  const extent = (axis: keyof Point) =>
    Math.max(...corners.map((corner) => corner[axis])) - Math.min(...corners.map((corner) => corner[axis]));
  return extent('x') * extent('y');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
