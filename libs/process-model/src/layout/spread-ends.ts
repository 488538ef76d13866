import { roomBeside } from './outline.ts';
import type { Cell } from './arrange-steps.ts';
import type { Bounds } from './placement.ts';
import type { Route } from './route.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** How far beside the middle of a side a line begins and ends, pixels: less than 0 is above or left of it. */
export interface LineEnds {
  readonly start: number;
  readonly end: number;
}

/** A level piece of a line in the street between two neighbours of a row. */
interface Stub {
  readonly route: Route;
  /** Which ends of the line it holds: it leaves the left neighbour, reaches the right one, or runs from one to the other. */
  readonly way: 'out' | 'in' | 'through';
  readonly turn: 'up' | 'down';
  /** The lane in which the line turns. */
  readonly lane: number;
}

/** Stubs in one street and row, and the line that runs along the row: it keeps the middle. */
interface Crossroad {
  readonly stubs: Stub[];
  hasStraight: boolean;
}

/** Distance of two ends on one side, pixels; less where the side is too short. */
const spacing = 12;

/** Lines that share a side of a step get places of their own on it, in the order in which they part: none lies on another. */
export function spreadEnds(
  routes: readonly Route[],
  cells: ReadonlyMap<XmlElement, Cell>,
  shapes: ReadonlyMap<XmlElement, Bounds>,
): Map<Route, LineEnds> {
  const ends = new Map<Route, LineEnds>();
  const place = (route: Route, end: Partial<LineEnds>): void => {
    ends.set(route, { start: 0, end: 0, ...ends.get(route), ...end });
  };
  for (const { stubs, hasStraight } of crossroads(routes, cells)) {
    for (const together of independent(stubs)) {
      for (const [{ route, way }, offset] of offsetsOf(together.toSorted(fromTop), hasStraight, shapes))
        place(route, { ...(way === 'in' ? {} : { start: offset }), ...(way === 'out' ? {} : { end: offset }) });
    }
  }
  for (const [event, leaving] of Map.groupBy(routes, ({ arrow: { boundary } }) => boundary)) {
    if (event === undefined) continue;
    const room = roomBeside(event, shapes.get(event)?.width ?? 0);
    for (const [route, start] of evenly(leaving.toSorted(fromLeft(cells)), (leaving.length - 1) / 2, room))
      place(route, { start });
  }
  return ends;
}

/** A line to the neighbour, or the one that runs along the row, has the middle; without one the others stand around it. */
function offsetsOf(
  stubs: readonly Stub[],
  hasStraight: boolean,
  shapes: ReadonlyMap<XmlElement, Bounds>,
): [Stub, number][] {
  const above = stubs.filter(({ way, turn: to }) => way !== 'through' && to === 'up');
  const places = hasStraight ? [...above, undefined, ...stubs.slice(above.length)] : stubs;
  const straight = places.findIndex((stub) => stub === undefined || stub.way === 'through');
  const room = stubs.map(roomOf(shapes)).reduce((least, each) => Math.min(least, each));
  return evenly(places, straight === -1 ? (places.length - 1) / 2 : straight, room);
}

/** @param middle the place in the list that has no offset */
function evenly<Item>(items: readonly (Item | undefined)[], middle: number, room: number): [Item, number][] {
  const fitting = Math.min(spacing, room / Math.max(middle, items.length - 1 - middle));
  const distance = fitting < 1 ? fitting : Math.floor(fitting);
  return items.flatMap((item, place): [Item, number][] =>
    item === undefined ? [] : [[item, (place - middle) * distance]],
  );
}

function crossroads(routes: readonly Route[], cells: ReadonlyMap<XmlElement, Cell>): Iterable<Crossroad> {
  const found = new Map<string, Crossroad>();
  const at = (street: number, row: number): Crossroad => {
    const key = `${street},${row}`;
    const known = found.get(key) ?? { stubs: [], hasStraight: false };
    found.set(key, known);
    return known;
  };
  for (const route of routes) {
    const { arrow, exit, across, entry } = route;
    const [source, target] = [cells.get(arrow.source), cells.get(arrow.target)];
    if (source === undefined || target === undefined) continue;
    const level = across === undefined ? target.row : across.street + 0.5;
    if (exit !== undefined)
      at(source.column, source.row).stubs.push({ route, way: 'out', turn: turn(level, source), lane: exit.lane });
    if (across !== undefined || entry !== undefined) {
      at(target.column - 1, target.row).stubs.push({
        route,
        way: 'in',
        turn: turn(level, target),
        lane: entry?.lane ?? 0,
      });
    } else if (target.column - 1 > source.column) {
      at(source.column, target.row).hasStraight = true;
      at(target.column - 1, target.row).hasStraight = true;
    } else {
      const way = exit === undefined ? 'through' : 'in';
      at(source.column, target.row).stubs.push({ route, way, turn: turn(source.row, target), lane: exit?.lane ?? 0 });
    }
  }
  return found.values();
}

function turn(level: number, { row }: Cell): Stub['turn'] {
  return level < row ? 'up' : 'down';
}

/** What leaves the left neighbour and what reaches the right one share heights only when they pass each other. */
function independent(stubs: readonly Stub[]): Stub[][] {
  const [outs, ins] = [stubs.filter(({ way }) => way === 'out'), stubs.filter(({ way }) => way === 'in')];
  const furthest = outs.reduce((most, { lane }) => Math.max(most, lane), -1);
  const isApart = outs.length + ins.length === stubs.length && ins.every(({ lane }) => lane > furthest);
  return (isApart ? [outs, ins] : [[...stubs]]).filter((together) => together.length > 0);
}

/** Lines between neighbours in the middle; of the others the one that turns next to its step is the outermost. */
function fromTop(one: Stub, other: Stub): number {
  return heightOf(one) - heightOf(other);
}

const mostLanes = 1e6;

function heightOf({ way, turn: to, lane }: Stub): number {
  if (way === 'through') return 0;
  const inwards = way === 'out' ? lane : mostLanes - lane;
  return to === 'up' ? inwards - 2 * mostLanes : 2 * mostLanes - inwards;
}

/** Lines down from a boundary event: the upper one goes on outside of the lower ones. */
function fromLeft(cells: ReadonlyMap<XmlElement, Cell>): (one: Route, other: Route) => number {
  const place = ({ arrow, across }: Route): number => {
    const isForward = (cells.get(arrow.target)?.column ?? 0) > (cells.get(arrow.source)?.column ?? 0);
    return isForward ? 2 * mostLanes - (across?.lane ?? 0) : (across?.lane ?? 0);
  };
  return (one, other) => place(one) - place(other);
}

function roomOf(shapes: ReadonlyMap<XmlElement, Bounds>): (stub: Stub) => number {
  const room = (step: XmlElement): number => roomBeside(step, shapes.get(step)?.height ?? 0);
  return ({ route: { arrow }, way }) =>
    Math.min(way === 'in' ? Infinity : room(arrow.source), way === 'out' ? Infinity : room(arrow.target));
}
