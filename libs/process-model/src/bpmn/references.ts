import { attributeValue, selfAndDescendants } from '../xml/xml-tree.ts';
import { isBpmn } from './engine-view.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

/** Element by id; of duplicates the first, as a validating parser would see it. */
export function indexById(document: XmlDocument): Map<string, XmlElement> {
  const index = new Map<string, XmlElement>();
  for (const element of selfAndDescendants(document.root)) {
    const id = attributeValue(element, 'id');
    if (id !== undefined && isBpmn(element) && !index.has(id)) index.set(id, element);
  }
  return index;
}

/** A reference is a QName: `tns:Message_1` means the element with the id `Message_1`. */
export function resolve(index: ReadonlyMap<string, XmlElement>, reference: string): XmlElement | undefined {
  const trimmed = reference.trim();
  return index.get(trimmed) ?? index.get(trimmed.slice(trimmed.indexOf(':') + 1));
}

/** The element that an attribute of another one names. */
export function referenced(
  index: ReadonlyMap<string, XmlElement>,
  element: XmlElement,
  attribute: string,
): XmlElement | undefined {
  return resolve(index, attributeValue(element, attribute) ?? '');
}

/** All BPMN elements with this local name anywhere in the document. */
export function* bpmnElements(document: XmlDocument, names: ReadonlySet<string>): Generator<XmlElement> {
  for (const element of selfAndDescendants(document.root)) {
    if (names.has(element.localName) && isBpmn(element)) yield element;
  }
}
