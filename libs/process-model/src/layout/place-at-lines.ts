import { subProcessNames } from '../bpmn/vocabulary.ts';
import { attributeValue, childElements } from '../xml/xml-tree.ts';
import { contains } from './obstacles.ts';
import { sizeOf } from './place-scope.ts';
import type { Canvas } from './canvas.ts';
import type { Bounds, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The flows between the steps of a process or sub-process. */
export function flowsOf(scope: XmlElement): XmlElement[] {
  return childElements(scope).filter(({ localName }) => localName === 'sequenceFlow');
}

/**
 * Places steps where their drawn lines end: an author who drew the line meant them there. Those whose place is taken, or
 * lies outside of what is around them, are left to be placed elsewhere.
 *
 * @param frame what they have to lie in; undefined = anything
 * @returns the steps that are drawn now
 */
export function placeAtLines(
  steps: Iterable<XmlElement>,
  scope: XmlElement,
  canvas: Canvas,
  frame: Bounds | undefined,
): XmlElement[] {
  const ends = endsOfLines(scope, canvas);
  return [...steps].filter((step) => {
    // How large it is depends on what lies in it.
    if (subProcessNames.has(step.localName)) return false;
    const around = canvas.framesOf(step);
    const place = (ends.get(attributeValue(step, 'id')) ?? [])
      .map((end) => boundsAt(end, sizeOf(step)))
      .find(
        (bounds) =>
          (frame === undefined || contains(frame, bounds)) &&
          canvas.obstacles.shapesIn(bounds).every((shape) => around.has(shape)),
      );
    if (place !== undefined) canvas.add({ shapes: new Map([[step, place]]), edges: new Map() });
    return place !== undefined;
  });
}

/** The end of a line, and the point before it. */
interface LineEnd {
  readonly at: Point;
  readonly before: Point;
}

function endsOfLines(scope: XmlElement, canvas: Canvas): Map<string | undefined, LineEnd[]> {
  const ends = new Map<string | undefined, LineEnd[]>();
  for (const flow of flowsOf(scope)) {
    const points = canvas.edges.get(flow) ?? [];
    for (const [reference, inOrder] of [
      ['sourceRef', points],
      ['targetRef', points.toReversed()],
    ] as const) {
      const [at, before] = inOrder;
      const id = attributeValue(flow, reference);
      if (at !== undefined && before !== undefined) ends.set(id, [...(ends.get(id) ?? []), { at, before }]);
    }
  }
  return ends;
}

/** A shape that the line meets in the middle of the side that it comes from. */
function boundsAt({ at, before }: LineEnd, { width, height }: Pick<Bounds, 'width' | 'height'>): Bounds {
  const [right, down] = [at.x - before.x, at.y - before.y];
  const isSideways = Math.abs(right) >= Math.abs(down);
  const centre = isSideways
    ? { x: at.x + (Math.sign(right) * width) / 2, y: at.y }
    : { x: at.x, y: at.y + (Math.sign(down) * height) / 2 };
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}
