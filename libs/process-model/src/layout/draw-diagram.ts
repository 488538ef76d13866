import { boundsNamespace, diagramNamespace, waypointNamespace } from '../bpmn/namespaces.ts';
import { isDiagram } from '../bpmn/engine-view.ts';
import { subProcessNames } from '../bpmn/vocabulary.ts';
import { createElement, ensureNamespace, prefixInScope, replaceChildren } from '../xml/edit-xml.ts';
import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import type { Canvas } from './canvas.ts';
import type { Bounds, Point } from './placement.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Writes what was added to the canvases into their planes; a canvas without a plane becomes a diagram of its own. */
export function drawDiagrams(document: XmlDocument, canvases: readonly Canvas[]): void {
  const pen = new Pen(document);
  for (const canvas of canvases) if (canvas.plane !== undefined) pen.complete(canvas.plane, canvas);
  const made = canvases.filter(({ plane }) => plane === undefined).map((canvas) => pen.diagram(canvas));
  if (made.length > 0) replaceChildren(document.root, [...document.root.children, ...made]);
}

/** Makes diagram elements with the prefixes of their place and ids that nothing else uses. */
class Pen {
  readonly #taken = new Set<string>();
  readonly #document: XmlDocument;

  constructor(document: XmlDocument) {
    this.#document = document;
    for (const element of selfAndDescendants(document.root)) this.#taken.add(attributeValue(element, 'id') ?? '');
  }

  diagram(canvas: Canvas): XmlElement {
    const subjectId = attributeValue(canvas.subject ?? this.#document.root, 'id') ?? 'model';
    const plane = this.#element(
      'BPMNPlane',
      { id: this.#newId(`${subjectId}_plane`), bpmnElement: subjectId },
      this.#parts(canvas),
    );
    return this.#element('BPMNDiagram', { id: this.#newId(`${subjectId}_diagram`) }, [plane]);
  }

  complete(plane: XmlElement, canvas: Canvas): void {
    const unplaced = new Map(
      childElements(plane)
        .filter(isDiagram)
        .map((part) => [attributeValue(part, 'bpmnElement')?.trim(), part]),
    );
    const parts = this.#parts(canvas, plane).filter((part) => {
      const known = unplaced.get(attributeValue(part, 'bpmnElement'));
      if (known?.localName !== part.localName) return true;
      // A shape without a place: it keeps its colours and gets the place.
      replaceChildren(known, [
        ...childElements(part),
        ...known.children.filter((child) => child.kind !== 'element' || child.localName !== 'waypoint'),
      ]);
      return false;
    });
    if (parts.length > 0) replaceChildren(plane, [...plane.children, ...parts]);
  }

  #parts({ added, upright, collapsed }: Canvas, place?: XmlElement): XmlElement[] {
    const shapes = Array.from(added.shapes, ([element, bounds]) =>
      this.#shape(element, bounds, { place, isUpright: upright.has(element), isClosed: collapsed.has(element) }),
    );
    return [...shapes, ...Array.from(added.edges, ([element, points]) => this.#edge(element, points, place))];
  }

  #shape(
    element: XmlElement,
    { x, y, width, height }: Bounds,
    {
      place,
      isUpright,
      isClosed,
    }: { readonly place: XmlElement | undefined; readonly isUpright: boolean; readonly isClosed: boolean },
  ): XmlElement {
    const id = attributeValue(element, 'id') ?? '';
    const attributes: Record<string, string> = { id: this.#newId(`${id}_di`), bpmnElement: id };
    if (subProcessNames.has(element.localName)) attributes['isExpanded'] = String(!isClosed);
    if (element.localName === 'participant') attributes['isHorizontal'] = 'true';
    if (element.localName === 'lane') attributes['isHorizontal'] = String(!isUpright);
    if (element.localName === 'exclusiveGateway') attributes['isMarkerVisible'] = 'true';
    const bounds = { x: written(x), y: written(y), width: written(width), height: written(height) };
    return this.#element(
      'BPMNShape',
      attributes,
      [createElement(this.#name(boundsNamespace, 'dc', 'Bounds', place), boundsNamespace, bounds)],
      place,
    );
  }

  #edge(element: XmlElement, points: readonly Point[], place?: XmlElement): XmlElement {
    const id = attributeValue(element, 'id') ?? '';
    const name = this.#name(waypointNamespace, 'di', 'waypoint', place);
    const waypoints = points.map(({ x, y }) =>
      createElement(name, waypointNamespace, { x: written(x), y: written(y) }),
    );
    return this.#element('BPMNEdge', { id: this.#newId(`${id}_di`), bpmnElement: id }, waypoints, place);
  }

  #element(
    name: string,
    attributes: Readonly<Record<string, string>>,
    children: readonly XmlElement[],
    place?: XmlElement,
  ): XmlElement {
    return createElement(this.#name(diagramNamespace, 'bpmndi', name, place), diagramNamespace, attributes, children);
  }

  #name(uri: string, preferred: string, localName: string, place: XmlElement = this.#document.root): string {
    const prefix = prefixInScope(place, uri) ?? ensureNamespace(this.#document, uri, preferred);
    return prefix === '' ? localName : `${prefix}:${localName}`;
  }

  #newId(wanted: string): string {
    let id = wanted;
    for (let number = 2; this.#taken.has(id); number += 1) id = `${wanted}_${number}`;
    this.#taken.add(id);
    return id;
  }
}

function written(value: number): string {
  return String(Math.round(value * 100) / 100);
}
