import { resolve } from '../bpmn/references.ts';
import { besideName, header, insideOfPool } from './drawn-pool.ts';
import { laneDepth, lanesOf, memberIds } from './lane-members.ts';
import { boundsOf, enclosing } from './placement.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const padding = 40;
/** The least that a lane without steps needs to show its name. */
const emptyLane = 40;

type Axis = 'horizontal' | 'vertical';

/** Lanes that are not drawn, as bands of their pool around their steps; none where the steps of two lanes lie in one band. */
export function drawMissingLanes(canvas: Canvas, { document, index, missing }: Incomplete): void {
  for (const element of index.values()) {
    if (!lanesOf(element).some((lane) => missing.has(lane)) || element.localName === 'lane') continue;
    const frame = frameOf(element, canvas, index);
    if (frame !== undefined) drawBands(element, frame, canvas, { document, index, missing });
  }
}

function frameOf(owner: XmlElement, canvas: Canvas, index: Incomplete['index']): Bounds | undefined {
  const own = canvas.shapes.get(owner);
  const around = own === undefined ? insideOfPool(owner, canvas, index) : besideName(own);
  if (around !== undefined) return around;
  const shapes = new Map(Array.from(canvas.shapes).filter(([element]) => element.parent === owner));
  if (shapes.size === 0) return undefined;
  const { x, y, width, height } = boundsOf({
    shapes,
    edges: new Map(Array.from(canvas.edges).filter(([element]) => element.parent === owner)),
  });
  const room = header * laneDepth(owner);
  return { x: x - padding - room, y: y - padding, width: width + room + 2 * padding, height: height + 2 * padding };
}

function drawBands(
  owner: XmlElement,
  frame: Bounds,
  canvas: Canvas,
  incomplete: Pick<Incomplete, 'document' | 'index' | 'missing'>,
): void {
  const lanes = lanesOf(owner);
  const drawn = lanes.filter((lane) => canvas.shapes.has(lane));
  const bands =
    drawn.length === 0 ? divided(lanes, frame, canvas, incomplete.index) : rest(lanes, frame, canvas, incomplete.index);
  for (const [lane, bounds] of bands ?? []) {
    if (incomplete.missing.has(lane) && !canvas.shapes.has(lane))
      canvas.add({ shapes: new Map([[lane, bounds]]), edges: new Map() });
  }
  for (const lane of lanes) {
    const bounds = canvas.shapes.get(lane);
    if (bounds !== undefined && lanesOf(lane).length > 0) drawBands(lane, besideName(bounds), canvas, incomplete);
  }
}

interface Range {
  readonly lane: XmlElement;
  readonly from: number;
  readonly to: number;
}

/** The frame cut into bands: from left to right through the frame, else from top to bottom. */
function divided(
  lanes: readonly XmlElement[],
  frame: Bounds,
  canvas: Canvas,
  index: Incomplete['index'],
): Map<XmlElement, Bounds> | undefined {
  for (const axis of ['horizontal', 'vertical'] as const) {
    const ranges = rangesOf(lanes, frame, axis, canvas, index);
    if (ranges === undefined) continue;
    const [start, length] = axis === 'horizontal' ? [frame.y, frame.height] : [frame.x, frame.width];
    const cuts = ranges
      .slice(1)
      .map((range, place) => Math.round((range.from + (ranges[place]?.to ?? range.from)) / 2));
    return new Map(
      ranges.map(({ lane }, place) => {
        if (axis === 'vertical') canvas.upright.add(lane);
        const [low, high] = [cuts[place - 1] ?? start, cuts[place] ?? start + length];
        return [
          lane,
          axis === 'horizontal' ? { ...frame, y: low, height: high - low } : { ...frame, x: low, width: high - low },
        ];
      }),
    );
  }
  return undefined;
}

/** Where the steps of each lane lie, one lane behind the other; undefined when they are mixed or there is no room. */
function rangesOf(
  lanes: readonly XmlElement[],
  frame: Bounds,
  axis: Axis,
  canvas: Canvas,
  index: Incomplete['index'],
): Range[] | undefined {
  const known: Range[] = [];
  for (const lane of lanes) {
    const members = shapesOf(lane, canvas, index);
    if (members.length === 0) continue;
    const { x, y, width, height } = enclosing(members);
    known.push(axis === 'horizontal' ? { lane, from: y, to: y + height } : { lane, from: x, to: x + width });
  }
  known.sort((one, other) => one.from - other.from);
  if (known.some(({ from }, place) => from < (known[place - 1]?.to ?? from))) return undefined;
  const [low, high] = axis === 'horizontal' ? [frame.y, frame.y + frame.height] : [frame.x, frame.x + frame.width];
  return withEmptyLanes(lanes, known, low, high);
}

/** A lane without steps gets room behind its predecessor, at the border of the frame when there is none between. */
function withEmptyLanes(
  lanes: readonly XmlElement[],
  known: readonly Range[],
  low: number,
  high: number,
): Range[] | undefined {
  const ranges = [...known];
  for (const [place, lane] of lanes.entries()) {
    if (known.some((range) => range.lane === lane)) continue;
    const before = ranges.findIndex((range) => range.lane === lanes[place - 1]);
    for (const at of [before + 1, ranges.length, 0]) {
      const [from, to] = [ranges[at - 1]?.to ?? low, ranges[at]?.from ?? high];
      if (to - from < 2 * emptyLane) continue;
      const [start, end] = [
        at === 0 ? from : (from + to - emptyLane) / 2,
        at === ranges.length ? to : (from + to + emptyLane) / 2,
      ];
      ranges.splice(at, 0, { lane, from: start, to: end });
      break;
    }
    if (!ranges.some((range) => range.lane === lane)) return undefined;
  }
  return ranges;
}

/** Beside lanes that are drawn: the gaps of the frame, when the steps lie in one. */
function rest(
  lanes: readonly XmlElement[],
  frame: Bounds,
  canvas: Canvas,
  index: Incomplete['index'],
): Map<XmlElement, Bounds> | undefined {
  const drawn = lanes.flatMap((lane) => canvas.shapes.get(lane) ?? []);
  const vertical =
    drawn.length > 0 && drawn.every(({ height, width }) => height >= frame.height - 1 && width < frame.width - 1);
  const [start, size] = vertical ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const taken = drawn.toSorted((one, other) => one[start] - other[start]);
  const gaps: Bounds[] = [];
  let from = frame[start];
  for (const shape of [...taken, undefined]) {
    const to = shape === undefined ? frame[start] + frame[size] : shape[start];
    if (to - from >= emptyLane / 2) gaps.push({ ...frame, [start]: from, [size]: to - from });
    if (shape !== undefined) from = Math.max(from, shape[start] + shape[size]);
  }
  const found = new Map<XmlElement, Bounds>();
  for (const lane of lanes.filter((each) => !canvas.shapes.has(each))) {
    const members = shapesOf(lane, canvas, index);
    const at = gaps.findIndex((gap) =>
      members.every((member) => member[start] >= gap[start] && member[start] + member[size] <= gap[start] + gap[size]),
    );
    const [gap] = at === -1 ? [] : gaps.splice(at, 1);
    if (gap !== undefined) found.set(lane, gap);
    if (gap !== undefined && vertical) canvas.upright.add(lane);
  }
  return found;
}

function shapesOf(lane: XmlElement, canvas: Canvas, index: Incomplete['index']): Bounds[] {
  return Array.from(memberIds(lane)).flatMap((id) => {
    const step = resolve(index, id);
    return step === undefined || step.localName === 'boundaryEvent' ? [] : (canvas.shapes.get(step) ?? []);
  });
}
