import { header } from './drawn-pool.ts';
import { laneDepth, lanesOf } from './lane-members.ts';
import { boundsOf } from './placement.ts';
import type { Bands } from './lane-bands.ts';
import type { Bounds, Placement } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const padding = 40;

/** From where to where the rows of each band reach, half of the streets around them included. */
export type BandHeights = readonly { readonly from: number; readonly to: number }[];

/** The lanes of a scope around its steps, one below the other, each as wide as all of it; lanes inside of others beside their names. */
export function placeLanes(scope: XmlElement, steps: Placement, { lanes }: Bands, heights: BandHeights): Placement {
  const { x, width } = boundsOf(steps);
  const frame = {
    left: x - padding - header * laneDepth(scope),
    right: x + width + padding,
    heights: new Map(lanes.map((lane, band) => [lane, heights[band] ?? { from: 0, to: 0 }])),
  };
  return { shapes: new Map(lanesOf(scope).flatMap((lane) => laneShapes(lane, frame))), edges: new Map() };
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly heights: ReadonlyMap<XmlElement, BandHeights[number]>;
}

function laneShapes(lane: XmlElement, { left, right, heights }: Frame): [XmlElement, Bounds][] {
  const inner = lanesOf(lane).flatMap((each) => laneShapes(each, { left: left + header, right, heights }));
  const own = heights.get(lane);
  const parts = [
    ...(own === undefined ? [] : [own]),
    ...inner.map(([, { y, height }]) => ({ from: y, to: y + height })),
  ];
  const [from, to] = [Math.min(...parts.map((part) => part.from)), Math.max(...parts.map((part) => part.to))];
  return [[lane, { x: left, y: from, width: right - left, height: to - from }], ...inner];
}
