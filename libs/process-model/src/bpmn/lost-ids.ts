import { attributeValue, childElements, directText, selfAndDescendants } from '../xml/xml-tree.ts';
import { edgeNames, shapeNames } from './diagram.ts';
import { isBpmn, isDiagram } from './engine-view.ts';
import { idReferences } from './id-references.ts';
import { activityNames, flowNodeNames } from './vocabulary.ts';
import type { IdReference } from './id-references.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const flows = new Set(['sequenceFlow']);
const subjects = new Set(['process', 'collaboration', 'subProcess', 'transaction', 'adHocSubProcess']);
const ends = new Set([...shapeNames, 'sequenceFlow', 'messageFlow']);

/** What may be meant by a reference of this name; what is in no list tells too little. */
const targets: Readonly<Record<string, ReadonlySet<string>>> = {
  incoming: flows,
  outgoing: flows,
  default: flows,
  attachedToRef: activityNames,
  flowNodeRef: flowNodeNames,
  messageRef: new Set(['message']),
  signalRef: new Set(['signal']),
  errorRef: new Set(['error']),
  escalationRef: new Set(['escalation']),
  processRef: new Set(['process']),
  dataObjectRef: new Set(['dataObject']),
  dataStoreRef: new Set(['dataStore']),
  categoryValueRef: new Set(['categoryValue']),
};

/**
 * Elements that lost their id, with the id that other places still know them by: where everything that still names it
 * leaves one element alone that can be meant.
 */
export function lostIds(document: XmlDocument): ReadonlyMap<XmlElement, string> {
  const elements = Array.from(selfAndDescendants(document.root)).filter(isBpmn);
  const nameless = elements.filter((element) => (attributeValue(element, 'id') ?? '') === '');
  const found = new Map<XmlElement, string>();
  if (nameless.length === 0) return found;
  const ids = new Set(elements.map((element) => attributeValue(element, 'id') ?? ''));
  const isKnown = (value: string): boolean => ids.has(value) || ids.has(value.slice(value.indexOf(':') + 1));
  const dangling = Map.groupBy(
    Array.from(idReferences(document)).filter(({ value }) => value !== '' && !isKnown(value)),
    ({ value }) => value,
  );
  const candidates = Array.from(dangling, ([id, references]) => ({
    id,
    possible: nameless.filter((element) => references.every((reference) => fits(element, reference, id))),
  }));
  for (const { id, possible } of candidates) {
    const [element] = possible;
    const isRivalled = candidates.some(
      (other) => other.id !== id && other.possible.length === 1 && other.possible[0] === element,
    );
    if (element !== undefined && possible.length === 1 && !isRivalled) found.set(element, id);
  }
  return found;
}

/** Whether the element can be what the reference names. */
function fits(element: XmlElement, { owner, name, value }: IdReference, id: string): boolean {
  if (!targetsOf(owner, name).has(element.localName)) return false;
  const ownerId = attributeValue(owner, 'id');
  if (name === 'sourceRef' || name === 'targetRef')
    return (
      owner.localName !== 'sequenceFlow' ||
      (owner.parent === element.parent && lists(element, name === 'sourceRef' ? 'outgoing' : 'incoming', ownerId))
    );
  if (name === 'incoming') return attributeValue(element, 'targetRef') === ownerId || ownerId === undefined;
  if (name === 'outgoing' || name === 'default')
    return attributeValue(element, 'sourceRef') === ownerId || ownerId === undefined;
  if (name === 'attachedToRef') return owner.parent === element.parent;
  return value === id;
}

/** A step that lists flows lists all of them. */
function lists(step: XmlElement, list: 'incoming' | 'outgoing', flowId: string | undefined): boolean {
  const listed = childElements(step).filter(({ localName }) => localName === 'incoming' || localName === 'outgoing');
  return (
    listed.length === 0 ||
    flowId === undefined ||
    listed.some((entry) => entry.localName === list && directText(entry).trim() === flowId)
  );
}

function targetsOf(owner: XmlElement, name: string): ReadonlySet<string> {
  if (isDiagram(owner))
    return name !== 'bpmnElement'
      ? new Set()
      : owner.localName === 'BPMNPlane'
        ? subjects
        : owner.localName === 'BPMNEdge'
          ? edgeNames
          : shapeNames;
  if (name === 'sourceRef' || name === 'targetRef') return owner.localName === 'sequenceFlow' ? flowNodeNames : ends;
  return Object.hasOwn(targets, name) ? (targets[name] ?? ends) : new Set();
}
