import { attributeValue, childElements, selfAndDescendants } from '../xml/xml-tree.ts';
import { isBpmn, isDiagram } from './engine-view.ts';
import { bpmnElements } from './references.ts';
import { flowNodeNames } from './vocabulary.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const drawnElements: ReadonlySet<string> = new Set([...flowNodeNames, 'sequenceFlow', 'participant', 'messageFlow']);

/** Everything the diagram has to show: flow nodes, sequence flows, pools and message flows. */
export function elementsToDraw(document: XmlDocument): XmlElement[] {
  return Array.from(bpmnElements(document, drawnElements)).filter((element) => attributeValue(element, 'id') !== undefined);
}

/** Ids that have a usable place in the diagram: a shape with bounds, or an edge with at least two waypoints. */
export function drawnIds(document: XmlDocument): Set<string> {
  const drawn = new Set<string>();
  for (const element of selfAndDescendants(document.root)) {
    const id = attributeValue(element, 'bpmnElement');
    if (id !== undefined && isDiagram(element) && isPlaced(element)) drawn.add(id);
  }
  return drawn;
}

function isPlaced(shapeOrEdge: XmlElement): boolean {
  const children = childElements(shapeOrEdge);
  if (shapeOrEdge.localName === 'BPMNShape') return children.some(({ localName }) => localName === 'Bounds');
  return shapeOrEdge.localName === 'BPMNEdge' && children.filter(({ localName }) => localName === 'waypoint').length >= 2;
}

/** Shapes and edges whose `bpmnElement` names nothing in the model. */
export function orphanedDiagramElements(document: XmlDocument): XmlElement[] {
  const ids = new Set<string>();
  const referring: XmlElement[] = [];
  for (const element of selfAndDescendants(document.root)) {
    if (isBpmn(element)) ids.add(attributeValue(element, 'id') ?? '');
    else if (isDiagram(element) && attributeValue(element, 'bpmnElement') !== undefined) referring.push(element);
  }
  return referring.filter((element) => {
    const reference = attributeValue(element, 'bpmnElement') ?? '';
    return !ids.has(reference) && !ids.has(reference.slice(reference.indexOf(':') + 1));
  });
}
