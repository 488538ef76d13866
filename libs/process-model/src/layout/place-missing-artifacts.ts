import { bpmnChildren } from '../bpmn/engine-view.ts';
import { artifactShapeNames, edgeEnds, edgeNames } from '../bpmn/diagram.ts';
import { resolve } from '../bpmn/references.ts';
import { ancestors, attributeValue, descendants, directText } from '../xml/xml-tree.ts';
import { findFreePlace } from './free-place.ts';
import { grown } from './obstacles.ts';
import { enclosing } from './placement.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

const gap = 40;
const groupPadding = 20;
const emptyGroup = { width: 160, height: 100 };

/** Notes and data that are not drawn stand above what they belong to, at the nearest free place; groups around their members. */
export function placeMissingArtifacts(canvas: Canvas, incomplete: Incomplete): void {
  const partners = partnersOf(incomplete);
  for (const element of incomplete.missing) {
    const known = element.localName === 'group' || artifactShapeNames.has(element.localName);
    if (!known || isDrawn(element, incomplete) || !belongsTo(element, canvas, incomplete)) continue;
    const members = element.localName === 'group' ? membersOf(element, canvas, incomplete) : [];
    const bounds =
      members.length > 0
        ? grown(enclosing(members), groupPadding)
        : freeBounds(element, partners.get(element) ?? [], canvas);
    canvas.add({ shapes: new Map([[element, bounds]]), edges: new Map() });
  }
}

function isDrawn(element: XmlElement, { canvases }: Incomplete): boolean {
  return canvases.some(({ shapes }) => shapes.has(element));
}

/** On the plane that shows its scope; on the first of the planes when none does. */
function belongsTo(element: XmlElement, canvas: Canvas, { canvases }: Incomplete): boolean {
  const shows = (each: Canvas): boolean => {
    for (const ancestor of ancestors(element)) {
      if (each.subject === ancestor) return true;
      if (each.scopes.has(ancestor)) return true;
      if (each.shapes.has(ancestor)) return !each.collapsed.has(ancestor);
    }
    return false;
  };
  return canvases.find(shows) === canvas;
}

function partnersOf({ index }: Incomplete): Map<XmlElement, XmlElement[]> {
  const partners = new Map<XmlElement, XmlElement[]>();
  for (const edge of index.values()) {
    const ends = edgeNames.has(edge.localName) ? edgeEnds(edge, index) : undefined;
    if (ends === undefined) continue;
    partners.set(ends.from, [...(partners.get(ends.from) ?? []), ends.to]);
    partners.set(ends.to, [...(partners.get(ends.to) ?? []), ends.from]);
  }
  return partners;
}

function freeBounds(element: XmlElement, partners: readonly XmlElement[], canvas: Canvas): Bounds {
  const size = sizeOf(element);
  const [near] = partners.flatMap((partner) => canvas.shapes.get(partner) ?? []);
  const all = canvas.bounds;
  const wanted =
    near === undefined
      ? { x: all.x, y: all.y + all.height + gap }
      : { x: near.x + near.width / 2 - size.width / 2, y: near.y - gap - size.height };
  const place = findFreePlace({
    size,
    wanted: { x: Math.round(wanted.x), y: Math.round(wanted.y) },
    obstacles: canvas.obstacles,
    ignored: canvas.framesOf(element),
    margin: 10,
  });
  return { ...(place ?? { x: all.x, y: all.y + all.height + gap }), ...size };
}

/** A note grows with its text, so that it can be read. */
function sizeOf(element: XmlElement): { readonly width: number; readonly height: number } {
  if (element.localName === 'group') return emptyGroup;
  if (element.localName === 'dataObjectReference') return { width: 36, height: 50 };
  if (element.localName === 'dataStoreReference') return { width: 50, height: 50 };
  const letters = Array.from(descendants(element)).reduce((sum, child) => sum + directText(child).trim().length, 0);
  return { width: 140, height: Math.max(30, Math.min(400, 16 * Math.ceil(letters / 20) + 10)) };
}

/** Elements of the category that a group stands for. */
function membersOf(group: XmlElement, canvas: Canvas, { index }: Incomplete): Bounds[] {
  const category = attributeValue(group, 'categoryValueRef')?.trim();
  if (category === undefined || category === '') return [];
  const members = Array.from(canvas.shapes).filter(([element]) =>
    bpmnChildren(element, 'categoryValueRef').some(
      (reference) => resolve(index, directText(reference)) === resolve(index, category),
    ),
  );
  return members.map(([, bounds]) => bounds);
}
