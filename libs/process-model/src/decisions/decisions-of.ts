import { childElements } from '../xml/xml-tree.ts';
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts';

const extensionNamespaces: ReadonlySet<string> = new Set([
  'http://camunda.org/schema/1.0/dmn',
  'http://operaton.org/schema/1.0/dmn',
]);

/** The decisions of a file. */
export function decisionsOf({ root }: XmlDocument): XmlElement[] {
  return childElements(root).filter(({ localName, uri }) => localName === 'decision' && uri === root.uri);
}

/** An attribute of the engine, under either of its names. */
export function extension(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(({ localName, uri }) => localName === name && extensionNamespaces.has(uri ?? ''))
    ?.value;
}
