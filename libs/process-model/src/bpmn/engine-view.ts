import { ancestors, attributeValue, childElements } from '../xml/xml-tree.ts';
import { bpmnNamespace, diagramNamespaces, extensionNamespaces, wellKnownPrefixes } from './namespaces.ts';
import type { XmlAttribute, XmlElement } from '../xml/xml-tree.ts';

/** The namespace of an element or attribute, also where a well-known prefix was never declared. */
export function namespaceOf(node: XmlElement | XmlAttribute): string | undefined {
  return node.uri ?? wellKnownPrefixes.get(node.prefix) ?? (isUnprefixedElement(node) ? bpmnNamespace : undefined);
}

/** `<definitions>` without any namespace is meant as BPMN; the lint asks for the declaration. */
function isUnprefixedElement(node: XmlElement | XmlAttribute): boolean {
  return 'children' in node && node.prefix === '';
}

export function isBpmn(element: XmlElement): boolean {
  return namespaceOf(element) === bpmnNamespace;
}

export function isDiagram(element: XmlElement): boolean {
  return diagramNamespaces.has(namespaceOf(element) ?? '');
}

export function isExtension(node: XmlElement | XmlAttribute): boolean {
  return extensionNamespaces.has(namespaceOf(node) ?? '');
}

/** An attribute of the engine, such as `topic` for `camunda:topic` or `operaton:topic`. */
export function extensionAttribute(element: XmlElement, localName: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.localName === localName && isExtension(attribute));
}

/** Child elements of BPMN with this local name. */
export function bpmnChildren(element: XmlElement, localName: string): XmlElement[] {
  return childElements(element).filter((child) => child.localName === localName && isBpmn(child));
}

/** Child elements of the engine with this local name. */
export function extensionChildren(element: XmlElement, localName: string): XmlElement[] {
  return childElements(element).filter((child) => child.localName === localName && isExtension(child));
}

/** The extension elements of the engine with this local name, as the engine looks for them. */
export function extensionElements(element: XmlElement, localName: string): XmlElement[] {
  return bpmnChildren(element, 'extensionElements').flatMap((extensions) => extensionChildren(extensions, localName));
}

/** The nearest BPMN element with an id, the element itself included: where a finding is shown. */
export function nearestNamedElement(element: XmlElement): XmlElement {
  if (hasShownId(element)) return element;
  for (const ancestor of ancestors(element)) if (hasShownId(ancestor)) return ancestor;
  return element;
}

function hasShownId(element: XmlElement): boolean {
  return isBpmn(element) && attributeValue(element, 'id') !== undefined;
}

/** `bpmn:ServiceTask` for `<serviceTask>`: the type names of the BPMN meta-model. */
export function typeName(element: XmlElement): string {
  const { localName } = element;
  const prefix = isBpmn(element) ? 'bpmn' : element.prefix;
  return `${prefix === '' ? '' : `${prefix}:`}${localName.charAt(0).toUpperCase()}${localName.slice(1)}`;
}
