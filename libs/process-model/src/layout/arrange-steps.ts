import type { Arrow, Component } from './scope-graph.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/**
 * Gives each step a cell: a column right of every step that leads to it (arrows that close a loop aside), and a row,
 * so that the first way out of a step goes straight on and the others branch off below.
 */
export function arrangeSteps({ steps, arrows }: Component): Map<XmlElement, Cell> {
  const outgoing = Map.groupBy(
    arrows.filter(({ source, target }) => source !== target),
    ({ source }) => source,
  );
  const reached = new Set(arrows.filter(({ source, target }) => source !== target).map(({ target }) => target));
  const starts = [...steps.filter((step) => !reached.has(step)), ...steps];
  const { order, loops } = depthFirst(starts, outgoing);
  const columns = columnsOf(order, outgoing, loops);
  return rowsOf(starts, outgoing, loops, columns);
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

function rowsOf(
  starts: readonly XmlElement[],
  outgoing: Outgoing,
  loops: ReadonlySet<Arrow>,
  columns: ReadonlyMap<XmlElement, number>,
): Map<XmlElement, Cell> {
  const cells = new Map<XmlElement, Cell>();
  const taken = new Set<string>();
  for (const start of starts) {
    const open = [{ step: start, from: -1, row: 0 }];
    for (let current = open.pop(); current !== undefined; current = open.pop()) {
      const { step, from } = current;
      const column = columns.get(step) ?? 0;
      if (cells.has(step)) continue;
      const row = freeRow(taken, current.row, from + 1, column);
      for (let between = from + 1; between <= column; between += 1) taken.add(`${between},${row}`);
      cells.set(step, { column, row });
      const ways = (outgoing.get(step) ?? []).filter((arrow) => !loops.has(arrow) && !cells.has(arrow.target));
      const [straight, ...branches] = [
        ...ways.filter(({ boundary }) => boundary === undefined),
        ...ways.filter(({ boundary }) => boundary !== undefined),
      ];
      for (const { target } of branches.toReversed()) open.push({ step: target, from: column, row: row + 1 });
      if (straight !== undefined)
        open.push({ step: straight.target, from: column, row: straight.boundary === undefined ? row : row + 1 });
    }
  }
  return cells;
}

/** The first row, from the wanted one down, whose cells are free from one column to the other. */
function freeRow(taken: ReadonlySet<string>, wanted: number, from: number, to: number): number {
  for (let row = wanted; ; row += 1) {
    let free = true;
    for (let column = from; column <= to; column += 1) free &&= !taken.has(`${column},${row}`);
    if (free) return row;
  }
}
