import { noBands } from './lane-bands.ts';
import type { Bands } from './lane-bands.ts';
import type { Arrow, Component } from './scope-graph.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/**
 * Gives each step a cell: a column right of every step that leads to it (arrows that close a loop aside), and a row,
 * so that the first way out of a step goes straight on and the others branch off below. Each band has rows of its own.
 */
export function arrangeSteps({ steps, arrows }: Component, bands: Bands = noBands): Arrangement {
  const outgoing = Map.groupBy(
    arrows.filter(({ source, target }) => source !== target),
    ({ source }) => source,
  );
  const reached = new Set(arrows.filter(({ source, target }) => source !== target).map(({ target }) => target));
  const starts = [...steps.filter((step) => !reached.has(step)), ...steps];
  const { order, loops } = depthFirst(starts, outgoing);
  const columns = columnsOf(order, outgoing, loops);
  return inBands(rowsOf(starts, outgoing, loops, columns, bands.bandOf), bands);
}

export interface Arrangement {
  readonly cells: ReadonlyMap<XmlElement, Cell>;
  /** The first row of each band, and the one behind the last. */
  readonly firstRows: readonly number[];
}

interface BandCell extends Cell {
  readonly band: number;
}

/** One band below the other; a lane without steps has a row, too. */
function inBands(cells: ReadonlyMap<XmlElement, BandCell>, { lanes }: Bands): Arrangement {
  const heights: number[] = lanes.map(() => 1);
  for (const { band, row } of cells.values()) heights[band] = Math.max(heights[band] ?? 0, row + 1);
  const firstRows = [0];
  for (const height of heights) firstRows.push((firstRows.at(-1) ?? 0) + height);
  return {
    cells: new Map(
      Array.from(cells, ([step, { band, column, row }]) => [step, { column, row: (firstRows[band] ?? 0) + row }]),
    ),
    firstRows,
  };
}

type Outgoing = ReadonlyMap<XmlElement, readonly Arrow[]>;

/** Topological order of the steps, and the arrows that lead back to a step on the way to them. */
function depthFirst(starts: readonly XmlElement[], outgoing: Outgoing): { order: XmlElement[]; loops: Set<Arrow> } {
  const finished: XmlElement[] = [];
  const state = new Map<XmlElement, 'open' | 'done'>();
  const loops = new Set<Arrow>();
  for (const start of starts) {
    const path = state.has(start) ? [] : [{ step: start, next: 0 }];
    if (path.length > 0) state.set(start, 'open');
    for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
      const arrow = outgoing.get(current.step)?.[current.next];
      current.next += 1;
      if (arrow === undefined) {
        state.set(current.step, 'done');
        finished.push(current.step);
        path.pop();
      } else if (state.get(arrow.target) === 'open') loops.add(arrow);
      else if (!state.has(arrow.target)) {
        state.set(arrow.target, 'open');
        path.push({ step: arrow.target, next: 0 });
      }
    }
  }
  return { order: finished.toReversed(), loops };
}

function columnsOf(
  order: readonly XmlElement[],
  outgoing: Outgoing,
  loops: ReadonlySet<Arrow>,
): Map<XmlElement, number> {
  const columns = new Map<XmlElement, number>(order.map((step) => [step, 0]));
  for (const step of order) {
    const next = (columns.get(step) ?? 0) + 1;
    for (const arrow of outgoing.get(step) ?? []) {
      if (!loops.has(arrow)) columns.set(arrow.target, Math.max(columns.get(arrow.target) ?? 0, next));
    }
  }
  return columns;
}

interface Wanted {
  readonly step: XmlElement;
  readonly from: number;
  /** In the band of the step that leads here; a step of another band takes its first free row. */
  readonly row: number;
  readonly band: number;
}

function rowsOf(
  starts: readonly XmlElement[],
  outgoing: Outgoing,
  loops: ReadonlySet<Arrow>,
  columns: ReadonlyMap<XmlElement, number>,
  bandOf: Bands['bandOf'],
): Map<XmlElement, BandCell> {
  const cells = new Map<XmlElement, BandCell>();
  const taken = new Set<string>();
  for (const start of starts) {
    const open: Wanted[] = [{ step: start, from: -1, row: 0, band: bandOf(start) }];
    for (let current = open.pop(); current !== undefined; current = open.pop()) {
      const { step, from } = current;
      const column = columns.get(step) ?? 0;
      if (cells.has(step)) continue;
      const band = bandOf(step);
      const row = freeRow(taken, band, band === current.band ? current.row : 0, from + 1, column);
      for (let between = from + 1; between <= column; between += 1) taken.add(`${band},${between},${row}`);
      cells.set(step, { column, row, band });
      const ways = (outgoing.get(step) ?? []).filter((arrow) => !loops.has(arrow) && !cells.has(arrow.target));
      const [straight, ...branches] = [
        ...ways.filter(({ boundary }) => boundary === undefined),
        ...ways.filter(({ boundary }) => boundary !== undefined),
      ];
      for (const { target } of branches.toReversed()) open.push({ step: target, from: column, row: row + 1, band });
      if (straight !== undefined)
        open.push({ step: straight.target, from: column, row: straight.boundary === undefined ? row : row + 1, band });
    }
  }
  return cells;
}

/** The first row, from the wanted one down, whose cells are free from one column to the other. */
function freeRow(taken: ReadonlySet<string>, band: number, wanted: number, from: number, to: number): number {
  for (let row = wanted; ; row += 1) {
    let free = true;
    for (let column = from; column <= to; column += 1) free &&= !taken.has(`${band},${column},${row}`);
    if (free) return row;
  }
}
