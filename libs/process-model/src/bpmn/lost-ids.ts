import { attributeValue, childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import { isBpmn, isDiagram } from './engine-view.ts';
import { activityNames, flowNodeNames } from './vocabulary.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

type Names = ReadonlySet<string>;

interface Dangling {
  readonly id: string;
  /** What the reference can mean, by local name. */
  readonly to: Names;
  readonly from: XmlElement;
}

const flows: Names = new Set(['sequenceFlow']);
const drawn: Names = new Set([
  ...flowNodeNames, ...flows, 'participant', 'lane', 'messageFlow', 'textAnnotation', 'association', 'group', 'dataObjectReference',
  'dataStoreReference', 'process', 'collaboration',
]);
const attributes: Readonly<Record<string, Names>> = {
  sourceRef: flowNodeNames,
  targetRef: flowNodeNames,
  attachedToRef: activityNames,
  default: flows,
  messageRef: new Set(['message']),
  signalRef: new Set(['signal']),
  errorRef: new Set(['error']),
  escalationRef: new Set(['escalation']),
  processRef: new Set(['process']),
  bpmnElement: drawn,
};
const texts: Readonly<Record<string, Names>> = { incoming: flows, outgoing: flows, flowNodeRef: flowNodeNames };

/**
 * Elements that lost their id, with the id that other places still know them by: the one element of its kind without an id
 * for the one name that leads nowhere. Several of a kind are told apart by the flows that they list.
 */
export function lostIds(document: XmlDocument): ReadonlyMap<XmlElement, string> {
  const elements = Array.from(selfAndDescendants(document.root));
  const nameless = elements.filter((element) => isBpmn(element) && attributeValue(element, 'id') === undefined && isReferable(element));
  const found = new Map<XmlElement, string>();
  if (nameless.length === 0) return found;
  const dangling = danglingReferences(elements);
  for (const id of new Set(dangling.map((reference) => reference.id))) {
    const references = dangling.filter((reference) => reference.id === id);
    const possible = nameless.filter((element) => !found.has(element) && references.every(({ to }) => to.has(element.localName)));
    const listing = possible.filter((element) => listsFlowOf(element, references) || isListed(element, references));
    const [only, ...others] = listing.length > 0 ? listing : possible;
    if (only !== undefined && others.length === 0) found.set(only, id);
  }
  return found;
}

function isReferable({ localName }: XmlElement): boolean {
  return drawn.has(localName) || ['message', 'signal', 'error', 'escalation'].includes(localName);
}

function danglingReferences(elements: readonly XmlElement[]): Dangling[] {
  const ids = new Set(elements.flatMap((element) => (isBpmn(element) || isDiagram(element) ? (attributeValue(element, 'id') ?? []) : [])));
  return elements.flatMap((from) => referencesOf(from)).filter(({ id }) => id !== '' && !ids.has(id) && !ids.has(id.slice(id.indexOf(':') + 1)));
}

function referencesOf(from: XmlElement): Dangling[] {
  const listed = isBpmn(from) ? texts[from.localName] : undefined;
  if (listed !== undefined) return [{ id: directText(from).trim(), to: listed, from }];
  return from.attributes.flatMap(({ name, value }) => {
    const to = name === 'bpmnElement' || isBpmn(from) ? attributes[name] : undefined;
    return to === undefined || !Object.hasOwn(attributes, name) ? [] : [{ id: value.trim(), to: isArtifactEnd(from, name) ? drawn : to, from }];
  });
}

/** Associations and message flows connect more than steps. */
function isArtifactEnd({ localName }: XmlElement, attribute: string): boolean {
  return (localName === 'association' || localName === 'messageFlow') && (attribute === 'sourceRef' || attribute === 'targetRef');
}

/** A step that lists the flows whose end leads nowhere. */
function listsFlowOf(element: XmlElement, references: readonly Dangling[]): boolean {
  const listed = new Set(childElements(element).filter(({ localName }) => localName === 'incoming' || localName === 'outgoing').map((child) => directText(child).trim()));
  return references.some(({ from }) => from.localName === 'sequenceFlow' && listed.has(attributeValue(from, 'id') ?? ''));
}

/** A flow between the steps that list a flow which does not exist. */
function isListed(element: XmlElement, references: readonly Dangling[]): boolean {
  if (element.localName !== 'sequenceFlow') return false;
  const ends = [attributeValue(element, 'sourceRef'), attributeValue(element, 'targetRef')];
  return references.some(({ from }) => (from.localName === 'incoming' || from.localName === 'outgoing') && from.parent !== undefined && ends.includes(attributeValue(from.parent, 'id')));
}
