import { eventNames, gatewayNames } from '../bpmn/vocabulary.ts';
import type { Bounds } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** The least distance of the end of a line from the corners of a rectangle, pixels. */
const cornerDistance = 10;
/** The same for circles and diamonds, whose border runs almost along the line near their top. */
const roundDistance = 6;

/** How far the border of a shape lies inside of the rectangle around it, so far beside the middle of a side; pixels. */
export function indentBeside({ localName }: XmlElement, { width, height }: Bounds, offset: number): number {
  const [radius, beside] = [Math.min(width, height) / 2, Math.abs(offset)];
  if (gatewayNames.has(localName)) return Math.min(radius, beside);
  return eventNames.has(localName) ? radius - Math.sqrt(Math.max(0, radius ** 2 - beside ** 2)) : 0;
}

/** How far beside the middle of a side of this length a line may end, pixels. */
export function roomBeside({ localName }: XmlElement, length: number): number {
  const isRound = gatewayNames.has(localName) || eventNames.has(localName);
  return Math.max(0, length / 2 - (isRound ? roundDistance : cornerDistance));
}
