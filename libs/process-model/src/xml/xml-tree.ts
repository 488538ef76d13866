import type { DocumentSource, ElementSource, TextSource } from './node-source.ts';

/**
 * A lossless XML tree: prefixes, comments and white space survive, so that a fix changes only what it names.
 *
 * The rules judge this tree and not the moddle one: moddle drops what it does not know, while the engine
 * finds elements by their local name in *any* namespace (`Element.elements(tagName)` of its BPMN parser).
 */
export interface XmlAttribute {
  /** As written, prefix included. */
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  /** Namespace, or undefined for an attribute without prefix or with an undeclared one. */
  readonly uri: string | undefined;
  /** Entities decoded. */
  value: string;
}

export interface XmlText {
  readonly kind: 'text' | 'cdata' | 'comment' | 'instruction';
  /** Decoded for text; without the delimiters for CDATA, comments and processing instructions. */
  value: string;
  /** What it was read from; nothing for a text that was made. */
  source?: TextSource;
}

/** A place in a text, counted from 1. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  /** Namespace, or undefined when the prefix is not declared or there is no default namespace. */
  readonly uri: string | undefined;
  readonly attributes: XmlAttribute[];
  readonly children: XmlNode[];
  parent: XmlElement | undefined;
  /** Where its start tag begins in the text that was read; an element made later has none. */
  readonly position?: XmlPosition;
  /** What it was read from; nothing for an element that was made. */
  source?: ElementSource;
}

export type XmlNode = XmlElement | XmlText;

export interface XmlDocument {
  readonly root: XmlElement;
  /** What surrounds the root element in the file; nothing for a document that was made. */
  source?: DocumentSource;
}

export function childElements(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === 'element');
}

export function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.kind === 'element') {
      yield child;
      yield* descendants(child);
    }
  }
}

/** The element itself, then all below it in document order. */
export function* selfAndDescendants(element: XmlElement): Generator<XmlElement> {
  yield element;
  yield* descendants(element);
}

export function* ancestors(element: XmlElement): Generator<XmlElement> {
  for (let current = element.parent; current !== undefined; current = current.parent) yield current;
}

/**
 * All character data directly inside the element, joined across comments and child elements,
 * exactly as the engine's SAX handler joins it (otherwise `$<!-- -->{…}` would hide an expression).
 */
export function directText(element: XmlElement): string {
  let text = '';
  for (const child of element.children) {
    if (child.kind === 'text' || child.kind === 'cdata') text += child.value;
  }
  return text;
}

/** An attribute without prefix. */
export function attributeValue(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}
