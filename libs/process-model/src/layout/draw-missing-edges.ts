import { dataAssociationNames, edgeEnds, edgeNames } from '../bpmn/diagram.ts';
import { referenced } from '../bpmn/references.ts';
import { ancestors } from '../xml/xml-tree.ts';
import { arriving, docksOf, leaving, vertical } from './docks.ts';
import { findRoute } from './find-route.ts';
import type { Canvas } from './canvas.ts';
import type { Incomplete } from './incomplete.ts';
import type { Bounds, Point } from './placement.ts';
import type { XmlElement } from '../xml/xml-tree.ts';

/** Draws flows and associations whose two ends are drawn here: around shapes, never along another line. */
export function drawMissingEdges(canvas: Canvas, { missing, index, canvases }: Incomplete): void {
  const edges = Array.from(missing).filter(
    (element) => edgeNames.has(element.localName) && canvases.every((other) => !other.edges.has(element)),
  );
  // Associations last: they may end at a flow.
  for (const edge of edges.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    const ends = edgeEnds(edge, index);
    const [from, to] = ends === undefined ? [] : [shownAs(ends.from, canvas), shownAs(ends.to, canvas)];
    if (from === undefined || to === undefined) continue;
    const points = isAssociation(edge)
      ? straightLine(placeOf(from, canvas), placeOf(to, canvas))
      : route(edge, { from, to }, canvas, index);
    if (points.length >= 2) canvas.add({ shapes: new Map(), edges: new Map([[edge, points]]) });
  }
}

function rankOf(edge: XmlElement): number {
  return isAssociation(edge) ? 1 : 0;
}

function isAssociation({ localName }: XmlElement): boolean {
  return localName === 'association' || dataAssociationNames.has(localName);
}

/** The element, or the closed sub-process that it lies in; undefined when neither is on this plane. */
function shownAs(element: XmlElement, canvas: Canvas): XmlElement | undefined {
  if (canvas.shapes.has(element) || canvas.edges.has(element)) return element;
  for (const ancestor of ancestors(element))
    if (canvas.shapes.has(ancestor)) return canvas.collapsed.has(ancestor) ? ancestor : undefined;
  return undefined;
}

function placeOf(element: XmlElement, canvas: Canvas): Bounds {
  const shape = canvas.shapes.get(element);
  if (shape !== undefined) return shape;
  const points = canvas.edges.get(element) ?? [];
  const [one, other] = [points[Math.floor((points.length - 1) / 2)], points[Math.ceil((points.length - 1) / 2)]];
  const [from, to] = one === other ? [one, points[points.indexOf(one ?? { x: 0, y: 0 }) + 1] ?? one] : [one, other];
  return { x: ((from?.x ?? 0) + (to?.x ?? 0)) / 2, y: ((from?.y ?? 0) + (to?.y ?? 0)) / 2, width: 0, height: 0 };
}

function route(
  edge: XmlElement,
  { from, to }: { readonly from: XmlElement; readonly to: XmlElement },
  canvas: Canvas,
  index: Incomplete['index'],
): Point[] {
  const [source, target] = [placeOf(from, canvas), placeOf(to, canvas)];
  const ignored = canvas.framesOf(from, to, edge);
  if (from !== to && isInside(to, from)) ignored.add(source);
  if (from !== to && isInside(from, to)) ignored.add(target);
  const isMessage = edge.localName === 'messageFlow';
  const starts = docksOf(from, source, isMessage ? vertical : leaving, middleOf(target), hostOf(from, canvas, index));
  const ends = docksOf(to, target, isMessage ? vertical : arriving, middleOf(source), hostOf(to, canvas, index));
  return findRoute(starts, ends, canvas.obstacles, ignored);
}

function isInside(inner: XmlElement, outer: XmlElement): boolean {
  for (const ancestor of ancestors(inner)) if (ancestor === outer) return true;
  return false;
}

function hostOf(element: XmlElement, canvas: Canvas, index: Incomplete['index']): Bounds | undefined {
  if (element.localName !== 'boundaryEvent') return undefined;
  const host = referenced(index, element, 'attachedToRef');
  return host === undefined ? undefined : canvas.shapes.get(host);
}

function middleOf({ x, y, width, height }: Bounds): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** From border to border on the line between the middles. */
function straightLine(from: Bounds, to: Bounds): Point[] {
  const [start, end] = [middleOf(from), middleOf(to)];
  return [onBorder(from, end), onBorder(to, start)].map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
}

function onBorder(bounds: Bounds, towards: Point): Point {
  const centre = middleOf(bounds);
  const [right, down] = [towards.x - centre.x, towards.y - centre.y];
  if (right === 0 && down === 0) return centre;
  const part = Math.min(
    right === 0 ? Infinity : bounds.width / 2 / Math.abs(right),
    down === 0 ? Infinity : bounds.height / 2 / Math.abs(down),
  );
  return { x: centre.x + right * part, y: centre.y + down * part };
}
