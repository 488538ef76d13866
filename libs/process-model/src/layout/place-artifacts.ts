import { isBpmn } from '../bpmn/engine-view.ts';
import { attributeValue, descendants, directText } from '../xml/xml-tree.ts';
import { boundsOf, merged } from './placement.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const gap = 30;
const sizes: Readonly<Record<string, { readonly width: number; readonly height: number }>> = {
  textAnnotation: { width: 140, height: 50 },
  dataObjectReference: { width: 36, height: 50 },
  dataStoreReference: { width: 50, height: 50 },
};

/** Notes and data stand in a line above the steps, each near what it is associated with. */
export function placeArtifacts(process: XmlElement, steps: Placement): Placement {
  const elements = Array.from(descendants(process)).filter(isBpmn);
  const associations = elements.filter(({ localName }) => localName === 'association');
  const byId = new Map(Array.from(steps.shapes, ([element, bounds]) => [attributeValue(element, 'id') ?? '', bounds]));
  const { x: left, y: top } = boundsOf(steps);
  const shapes = new Map<XmlElement, Bounds>();
  let free = left;
  for (const element of elements) {
    const size = sizeOf(element);
    const id = attributeValue(element, 'id');
    if (size === undefined || id === undefined) continue;
    const near = byId.get(partnerOf(id, associations) ?? '');
    const bounds = { x: Math.max(free, near?.x ?? free), y: top - gap - size.height, ...size };
    free = bounds.x + size.width + gap;
    shapes.set(element, bounds);
    byId.set(id, bounds);
  }
  const edges = associations.flatMap((association): [XmlElement, Point[]][] => {
    const [from, to] = [byId.get(attributeValue(association, 'sourceRef') ?? ''), byId.get(attributeValue(association, 'targetRef') ?? '')];
    return from === undefined || to === undefined || attributeValue(association, 'id') === undefined ? [] : [[association, straightLine(from, to)]];
  });
  return merged(steps, { shapes, edges: new Map(edges) });
}

/** A note grows with its text, so that it can be read. */
function sizeOf(element: XmlElement): { readonly width: number; readonly height: number } | undefined {
  const size = Object.hasOwn(sizes, element.localName) ? sizes[element.localName] : undefined;
  if (size === undefined || element.localName !== 'textAnnotation') return size;
  const letters = Array.from(descendants(element)).reduce((sum, child) => sum + directText(child).trim().length, 0);
  return { width: size.width, height: Math.max(size.height, Math.min(400, 16 * Math.ceil(letters / 20) + 10)) };
}

function partnerOf(id: string, associations: readonly XmlElement[]): string | undefined {
  for (const association of associations) {
    const ends = [attributeValue(association, 'sourceRef'), attributeValue(association, 'targetRef')];
    if (ends.includes(id)) return ends.find((end) => end !== id);
  }
  return undefined;
}

function straightLine(from: Bounds, to: Bounds): Point[] {
  const [upper, lower] = from.y <= to.y ? [from, to] : [to, from];
  const line = [
    { x: Math.round(upper.x + upper.width / 2), y: upper.y + upper.height },
    { x: Math.round(lower.x + lower.width / 2), y: lower.y },
  ];
  return upper === from ? line : line.toReversed();
}
