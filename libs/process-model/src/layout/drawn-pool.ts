import { referenced } from '../bpmn/references.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Width of the strip at the left of a pool or lane that holds its name, pixels. */
export const header = 30;

/** What is inside of the pool of a process, its name aside; undefined when the pool is not drawn on this plane. */
export function insideOfPool(process: XmlElement, canvas: Canvas, index: Incomplete['index']): Bounds | undefined {
  for (const [element, bounds] of canvas.shapes) {
    if (isPoolOf(element, process, index)) return besideName(bounds);
  }
  return undefined;
}

/** The reference is a QName: a pool may know its process with a prefix. */
export function isPoolOf(element: XmlElement, process: XmlElement, index: Incomplete['index']): boolean {
  return element.localName === 'participant' && referenced(index, element, 'processRef') === process;
}

/** What is right of the name of a pool or lane. */
export function besideName(bounds: Bounds): Bounds {
  return { ...bounds, x: bounds.x + header, width: bounds.width - header };
}
