import { orderLanes } from './order-lanes.ts';
import type { Cell } from './arrange-steps.ts';
import type { Arrow, Component } from './scope-graph.ts';
import type { XmlElement } from '../xml/xml-tree.ts';
import type { Lane, Route } from './route.ts';

/** Routes for all arrows of a component, and how many lanes each street needs. */
export class Streets {
  readonly #cells: ReadonlyMap<XmlElement, Cell>;
  readonly #occupied: Set<string>;
  readonly #columnLanes = new Map<number, number>();
  readonly #rowLanes = new Map<number, number>();
  readonly routes: readonly Route[];

  constructor({ arrows }: Component, cells: ReadonlyMap<XmlElement, Cell>) {
    this.#cells = cells;
    this.#occupied = new Set(Array.from(cells.values(), ({ column, row }) => `${column},${row}`));
    const direct = arrows.filter((arrow) => {
      const isDirect = this.#isStraight(arrow);
      if (isDirect) this.#occupyRow(arrow, this.#cell(arrow.source).row);
      return isDirect;
    });
    const routes = arrows.map(
      (arrow): Route =>
        direct.includes(arrow) ? { arrow, exit: undefined, across: undefined, entry: undefined } : this.#route(arrow),
    );
    this.routes = orderLanes(routes, cells);
  }

  columnLanes(street: number): number {
    return this.#columnLanes.get(street) ?? 0;
  }

  rowLanes(street: number): number {
    return this.#rowLanes.get(street) ?? 0;
  }

  #route(arrow: Arrow): Route {
    const source = this.#cell(arrow.source);
    const target = this.#cell(arrow.target);
    if (arrow.boundary !== undefined) {
      return {
        arrow,
        exit: undefined,
        across: take(this.#rowLanes, source.row),
        entry: take(this.#columnLanes, target.column - 1),
      };
    }
    if (target.column > source.column && this.#isRowFree(arrow, target.row)) {
      this.#occupyRow(arrow, target.row);
      return { arrow, exit: take(this.#columnLanes, source.column), across: undefined, entry: undefined };
    }
    const street =
      target.column > source.column && target.row >= source.row ? target.row - 1 : Math.min(source.row, target.row) - 1;
    return {
      arrow,
      exit: take(this.#columnLanes, source.column),
      across: take(this.#rowLanes, street),
      entry: take(this.#columnLanes, target.column - 1),
    };
  }

  #isStraight(arrow: Arrow): boolean {
    const [source, target] = [this.#cell(arrow.source), this.#cell(arrow.target)];
    return (
      arrow.boundary === undefined &&
      source.row === target.row &&
      source.column < target.column &&
      this.#isRowFree(arrow, source.row)
    );
  }

  #isRowFree(arrow: Arrow, row: number): boolean {
    return this.#between(arrow, row).every((cell) => !this.#occupied.has(cell));
  }

  #occupyRow(arrow: Arrow, row: number): void {
    for (const cell of this.#between(arrow, row)) this.#occupied.add(cell);
  }

  #between({ source, target }: Arrow, row: number): string[] {
    const [first, last] = [this.#cell(source).column + 1, this.#cell(target).column];
    return Array.from({ length: Math.max(0, last - first) }, (_, index) => `${first + index},${row}`);
  }

  #cell(step: XmlElement): Cell {
    return this.#cells.get(step) ?? { column: 0, row: 0 };
  }
}

function take(lanes: Map<number, number>, street: number): Lane {
  const lane = lanes.get(street) ?? 0;
  lanes.set(street, lane + 1);
  return { street, lane };
}
