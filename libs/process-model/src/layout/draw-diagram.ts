import { boundsNamespace, diagramNamespace, waypointNamespace } from '../bpmn/namespaces.ts';
import { isDiagram } from '../bpmn/engine-view.ts';
import { subProcessNames } from '../bpmn/vocabulary.ts';
import { createElement, ensureNamespace, replaceChildren } from '../xml/edit-xml.ts';
import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import type { Bounds, Placement, Point } from './placement.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** What one diagram shows: a process or a collaboration, and where its parts lie. */
export interface Drawing {
  readonly subject: XmlElement;
  readonly placement: Placement;
}

/** Replaces every diagram of the document by these drawings; nothing else is touched. */
export function drawDiagrams(document: XmlDocument, drawings: readonly Drawing[]): void {
  const kept = document.root.children.filter((child) => child.kind !== 'element' || !isDiagram(child));
  replaceChildren(document.root, kept);
  const pen = new Pen(document);
  const diagrams = drawings.map((drawing) => pen.diagram(drawing));
  replaceChildren(document.root, [...document.root.children, ...diagrams]);
}

/** Makes diagram elements with the prefixes of the document and ids that nothing else uses. */
class Pen {
  readonly #taken = new Set<string>();
  readonly #di: string;
  readonly #dc: string;
  readonly #waypoint: string;

  constructor(document: XmlDocument) {
    for (const element of selfAndDescendants(document.root)) this.#taken.add(attributeValue(element, 'id') ?? '');
    this.#di = ensureNamespace(document, diagramNamespace, 'bpmndi');
    this.#dc = ensureNamespace(document, boundsNamespace, 'dc');
    this.#waypoint = ensureNamespace(document, waypointNamespace, 'di');
  }

  diagram({ subject, placement }: Drawing): XmlElement {
    const subjectId = attributeValue(subject, 'id') ?? 'model';
    const shapes = Array.from(placement.shapes, ([element, bounds]) => this.#shape(element, bounds));
    const edges = Array.from(placement.edges, ([element, points]) => this.#edge(element, points));
    const plane = this.#element('BPMNPlane', { id: this.#newId(`${subjectId}_plane`), bpmnElement: subjectId }, [...shapes, ...edges]);
    return this.#element('BPMNDiagram', { id: this.#newId(`${subjectId}_diagram`) }, [plane]);
  }

  #shape(element: XmlElement, { x, y, width, height }: Bounds): XmlElement {
    const id = attributeValue(element, 'id') ?? '';
    const attributes: Record<string, string> = { id: this.#newId(`${id}_di`), bpmnElement: id };
    if (subProcessNames.has(element.localName)) attributes['isExpanded'] = 'true';
    if (element.localName === 'participant') attributes['isHorizontal'] = 'true';
    if (element.localName === 'exclusiveGateway') attributes['isMarkerVisible'] = 'true';
    const bounds = { x: String(x), y: String(y), width: String(width), height: String(height) };
    return this.#element('BPMNShape', attributes, [createElement(`${this.#dc}:Bounds`, boundsNamespace, bounds)]);
  }

  #edge(element: XmlElement, points: readonly Point[]): XmlElement {
    const id = attributeValue(element, 'id') ?? '';
    const waypoints = points.map(({ x, y }) => createElement(`${this.#waypoint}:waypoint`, waypointNamespace, { x: String(x), y: String(y) }));
    return this.#element('BPMNEdge', { id: this.#newId(`${id}_di`), bpmnElement: id }, waypoints);
  }

  #element(name: string, attributes: Readonly<Record<string, string>>, children: readonly XmlElement[]): XmlElement {
    return createElement(`${this.#di}:${name}`, diagramNamespace, attributes, children);
  }

  #newId(wanted: string): string {
    let id = wanted;
    for (let number = 2; this.#taken.has(id); number += 1) id = `${wanted}_${number}`;
    this.#taken.add(id);
    return id;
  }
}
