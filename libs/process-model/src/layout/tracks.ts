import type { Cell } from './arrange-steps.ts';
import type { Lane } from './route-arrows.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const laneWidth = 12;

/** Positions along one axis: columns (or rows) as wide as their widest step, streets as wide as their lanes need. */
export interface Tracks {
  readonly middle: (index: number) => number;
  readonly lane: (lane: Lane) => number;
}

/**
 * @param street width of a street without lanes, pixels
 * @param extent width (or height) of a step, pixels
 * @param lanes how many lanes each street has
 */
export function tracks(
  cells: ReadonlyMap<XmlElement, Cell>,
  axis: keyof Cell,
  street: number,
  extent: (step: XmlElement) => number,
  lanes: (index: number) => number,
): Tracks {
  const widths: number[] = [];
  for (const [step, cell] of cells) widths[cell[axis]] = Math.max(widths[cell[axis]] ?? 0, extent(step));
  const starts = [street + lanes(-1) * laneWidth];
  Array.from(widths).forEach((width, index) => {
    starts[index + 1] = (starts[index] ?? 0) + (width ?? 0) + street + lanes(index) * laneWidth;
  });
  return {
    middle: (index) => (starts[index] ?? 0) + (widths[index] ?? 0) / 2,
    lane: (at) => Math.round((starts[at.street] ?? 0) + (widths[at.street] ?? 0) + street / 2 + at.lane * laneWidth),
  };
}
