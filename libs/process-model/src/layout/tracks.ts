import type { Cell } from './arrange-steps.ts';
import type { Lane } from './route.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const laneWidth = 12;
/** Distance of what is around a grid from the middle of its outermost streets, pixels. */
const rim = 15;

/** Positions along one axis: columns (or rows) as wide as their widest step, streets as wide as their lanes need. */
export interface Tracks {
  readonly middle: (index: number) => number;
  readonly lane: (lane: Lane) => number;
  /** In the street before a column (row), next to its lanes at the rim, else in its middle. */
  readonly border: (index: number) => number;
}

/**
 * @param street width of a street without lanes, pixels
 * @param extent width (or height) of a step, pixels
 * @param lanes how many lanes each street has
 * @param least how many columns (rows) there are at least. @default as many as have a step
 */
export function tracks(
  cells: ReadonlyMap<XmlElement, Cell>,
  axis: keyof Cell,
  street: number,
  extent: (step: XmlElement) => number,
  lanes: (index: number) => number,
  least = 0,
): Tracks {
  const widths: number[] = Array.from({ length: least }, () => 0);
  for (const [step, cell] of cells) widths[cell[axis]] = Math.max(widths[cell[axis]] ?? 0, extent(step));
  const starts = [street + lanes(-1) * laneWidth];
  Array.from(widths).forEach((width, index) => {
    starts[index + 1] = (starts[index] ?? 0) + (width ?? 0) + street + lanes(index) * laneWidth;
  });
  return {
    border: (index) => {
      if (index === 0) return rim;
      const start = starts[index] ?? 0;
      return index === widths.length ? start - rim : Math.round(start - (street + lanes(index - 1) * laneWidth) / 2);
    },
    middle: (index) => (starts[index] ?? 0) + (widths[index] ?? 0) / 2,
    lane: (at) => Math.round((starts[at.street] ?? 0) + (widths[at.street] ?? 0) + street / 2 + at.lane * laneWidth),
  };
}
