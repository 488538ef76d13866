import { attributeValue, childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import { bpmnChildren, isBpmn, isDiagram } from './engine-view.ts';
import { bpmnElements, indexById, resolve } from './references.ts';
import { flowNodeNames } from './vocabulary.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

export const dataAssociationNames: ReadonlySet<string> = new Set(['dataInputAssociation', 'dataOutputAssociation']);
export const artifactShapeNames: ReadonlySet<string> = new Set([
  'textAnnotation',
  'dataObjectReference',
  'dataStoreReference',
]);
/** Lines between two shapes. */
export const edgeNames: ReadonlySet<string> = new Set([
  'sequenceFlow',
  'messageFlow',
  'association',
  ...dataAssociationNames,
]);
/** What has a place of its own. */
export const shapeNames: ReadonlySet<string> = new Set([
  ...flowNodeNames,
  'participant',
  'lane',
  'group',
  ...artifactShapeNames,
]);
const drawnNames: ReadonlySet<string> = new Set([...shapeNames, ...edgeNames]);

/** Everything the diagram has to show: steps, flows, pools, lanes, notes, groups, data, and the lines between them. */
export function elementsToDraw(document: XmlDocument): XmlElement[] {
  return drawable(document).filter((element) => !isNameless(element));
}

/** What could be drawn if it had an id. */
export function namelessElements(document: XmlDocument): XmlElement[] {
  return drawable(document).filter(isNameless);
}

/** Data associations are drawn when they lead to a data object or store, not when they lead to a variable. */
function drawable(document: XmlDocument): XmlElement[] {
  const index = indexById(document);
  return Array.from(bpmnElements(document, drawnNames)).filter(
    (element) => !dataAssociationNames.has(element.localName) || edgeEnds(element, index) !== undefined,
  );
}

function isNameless(element: XmlElement): boolean {
  return (attributeValue(element, 'id') ?? '') === '';
}

export interface EdgeEnds {
  readonly from: XmlElement;
  readonly to: XmlElement;
}

/** What a line connects; undefined when an end is missing or is nothing that has a place in a diagram. */
export function edgeEnds(edge: XmlElement, index: ReadonlyMap<string, XmlElement>): EdgeEnds | undefined {
  const find = (reference: string | undefined): XmlElement | undefined => {
    const found = reference === undefined ? undefined : resolve(index, reference);
    return found !== undefined && drawnNames.has(found.localName) ? found : undefined;
  };
  const isData = dataAssociationNames.has(edge.localName);
  const text = (name: string): string | undefined =>
    bpmnChildren(edge, name)
      .map((child) => directText(child))
      .find((value) => value.trim() !== '');
  const owner = edge.parent !== undefined && flowNodeNames.has(edge.parent.localName) ? edge.parent : undefined;
  const from = isData
    ? edge.localName === 'dataInputAssociation'
      ? find(text('sourceRef'))
      : owner
    : find(attributeValue(edge, 'sourceRef'));
  const to = isData
    ? edge.localName === 'dataInputAssociation'
      ? owner
      : find(text('targetRef'))
    : find(attributeValue(edge, 'targetRef'));
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Ids that have a usable place in the diagram: a shape with bounds, or an edge with at least two waypoints. */
export function drawnIds(document: XmlDocument): Set<string> {
  const index = indexById(document);
  const drawn = new Set<string>();
  for (const element of selfAndDescendants(document.root)) {
    const reference = attributeValue(element, 'bpmnElement');
    if (reference === undefined || !isDiagram(element) || !isPlaced(element)) continue;
    const target = resolve(index, reference);
    drawn.add(target === undefined ? reference : (attributeValue(target, 'id') ?? reference));
  }
  return drawn;
}

function isPlaced(shapeOrEdge: XmlElement): boolean {
  const children = childElements(shapeOrEdge);
  if (shapeOrEdge.localName === 'BPMNShape') return children.some(({ localName }) => localName === 'Bounds');
  return (
    shapeOrEdge.localName === 'BPMNEdge' && children.filter(({ localName }) => localName === 'waypoint').length >= 2
  );
}

const referringNames: ReadonlySet<string> = new Set(['BPMNPlane', 'BPMNShape', 'BPMNEdge']);

/** Planes, shapes and edges whose `bpmnElement` is missing or names nothing in the model. */
export function orphanedDiagramElements(document: XmlDocument): XmlElement[] {
  const ids = new Set<string>();
  const referring: XmlElement[] = [];
  for (const element of selfAndDescendants(document.root)) {
    if (isBpmn(element)) ids.add(attributeValue(element, 'id') ?? '');
    else if (isDiagram(element) && referringNames.has(element.localName)) referring.push(element);
  }
  return referring.filter((element) => {
    const reference = attributeValue(element, 'bpmnElement')?.trim() ?? '';
    return reference === '' || (!ids.has(reference) && !ids.has(reference.slice(reference.indexOf(':') + 1)));
  });
}
