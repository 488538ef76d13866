import { contains } from './obstacles.ts';
import { indentBeside, roomBeside } from './outline.ts';
import type { Dock } from './cheapest-way.ts';
import type { Bounds, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Distance of the places of a long border from each other. */
const spacing = 20;
/** The same for circles and diamonds. */
const roundSpacing = 10;

interface Preference {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Flows leave at the right and arrive at the left, when they can. */
export const leaving: Preference = { right: 0, bottom: 20, top: 20, left: 60 };
export const arriving: Preference = { left: 0, top: 20, bottom: 20, right: 60 };
/** Between pools lines run up and down. */
export const vertical: Preference = { bottom: 0, top: 0, left: 60, right: 60 };

/**
 * Where a line may dock at a shape: the middles of its sides, and places beside them.
 *
 * @param host the activity that the shape sits on: no line leaves into it
 */
export function docksOf(
  element: XmlElement,
  bounds: Bounds,
  preference: Preference,
  towards: Point,
  host?: Bounds,
): Dock[] {
  const { x, y, width, height } = bounds;
  const across = offsets(element, width, towards.x - (x + width / 2));
  const down = offsets(element, height, towards.y - (y + height / 2));
  const indent = (offset: number): number => indentBeside(element, bounds, offset);
  const docks = [
    ...across.flatMap(({ offset, cost }): Dock[] => [
      { x: x + width / 2 + offset, y: y + indent(offset), side: 'top', cost: preference.top + cost },
      { x: x + width / 2 + offset, y: y + height - indent(offset), side: 'bottom', cost: preference.bottom + cost },
    ]),
    ...down.flatMap(({ offset, cost }): Dock[] => [
      { x: x + indent(offset), y: y + height / 2 + offset, side: 'left', cost: preference.left + cost },
      { x: x + width - indent(offset), y: y + height / 2 + offset, side: 'right', cost: preference.right + cost },
    ]),
  ];
  return host === undefined ? docks : docks.filter((dock) => !contains(host, { ...dock, width: 0, height: 0 }));
}

/** The middle first; of a wide side also the place opposite to the other end. */
function offsets(
  element: XmlElement,
  length: number,
  opposite: number,
): { readonly offset: number; readonly cost: number }[] {
  const found = [{ offset: 0, cost: 0 }];
  const isRound = indentBeside(element, { x: 0, y: 0, width: length, height: length }, 1) > 0;
  const distance = isRound ? roundSpacing : spacing;
  for (let offset = distance; offset < roomBeside(element, length) && offset <= 3 * spacing; offset += distance) {
    found.push({ offset, cost: 15 + offset / 4 }, { offset: -offset, cost: 15 + offset / 4 });
  }
  const most = length / 2 - spacing;
  if (length > 8 * spacing) found.push({ offset: Math.max(-most, Math.min(most, opposite)), cost: 5 });
  return found;
}
