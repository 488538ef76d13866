import { ancestors } from './xml-tree.ts';
import { splitQualifiedName } from './qualified-name.ts';
import type { XmlDocument, XmlElement, XmlNode } from './xml-tree.ts';

const indentUnit = '  ';

/** Sets an attribute, keeping its place when it is already there. */
export function setAttribute(element: XmlElement, name: string, value: string, uri?: string): void {
  const existing = element.attributes.find((attribute) => attribute.name === name);
  if (existing === undefined) element.attributes.push({ name, ...splitQualifiedName(name), uri, value });
  else existing.value = value;
}

export function removeAttribute(element: XmlElement, name: string): void {
  const index = element.attributes.findIndex((attribute) => attribute.name === name);
  if (index !== -1) element.attributes.splice(index, 1);
}

/** Takes the element out of its parent; what is left is indented again. */
export function removeElement(element: XmlElement): void {
  const parent = element.parent;
  if (parent === undefined) return;
  replaceChildren(parent, parent.children.filter((child) => child !== element));
  element.parent = undefined;
}

/**
 * Gives the element these children. Children that were there before keep the line break before them, new ones get one
 * with the indentation of their place; content with text in it is left as it is.
 */
export function replaceChildren(element: XmlElement, children: readonly XmlNode[]): void {
  const content = children.filter((child) => child.kind !== 'text' || child.value.trim() !== '');
  const spaced = content.some(isText) ? children : withLineBreaks(element, content);
  const added = content.filter((child) => child.kind === 'element' && child.parent !== element);
  for (const child of added) if (child.kind === 'element') child.parent = element;
  element.children.splice(0, element.children.length, ...spaced);
  for (const child of added) if (child.kind === 'element') indent(child);
}

export function appendChild(element: XmlElement, child: XmlNode): void {
  replaceChildren(element, [...element.children, child]);
}

function withLineBreaks(element: XmlElement, content: readonly XmlNode[]): XmlNode[] {
  if (content.length === 0) return [];
  const depth = Array.from(ancestors(element)).length;
  const old = element.children;
  const before = new Map(old.map((child, index) => [child, old[index - 1]]));
  const last = old.at(-1);
  const spaced = content.flatMap((child) => {
    const space = before.get(child);
    return [space !== undefined && isBlank(space) ? space : lineBreak(depth + 1), child];
  });
  return [...spaced, last !== undefined && isBlank(last) ? last : lineBreak(depth)];
}

/** Indents everything below the element; content with text in it is left as it is. */
function indent(element: XmlElement): void {
  const content = element.children.filter((child) => !isBlank(child));
  if (content.length === 0 || content.some(isText)) return;
  const depth = Array.from(ancestors(element)).length;
  const spaced = content.flatMap((child) => [lineBreak(depth + 1), child]);
  element.children.splice(0, element.children.length, ...spaced, lineBreak(depth));
  for (const child of content) if (child.kind === 'element') indent(child);
}

function isBlank(node: XmlNode): boolean {
  return node.kind === 'text' && node.value.trim() === '';
}

function isText(node: XmlNode): boolean {
  return (node.kind === 'text' && node.value.trim() !== '') || node.kind === 'cdata';
}

function lineBreak(depth: number): XmlNode {
  return { kind: 'text', value: `\n${indentUnit.repeat(depth)}` };
}

/** A new element; it belongs to the tree once {@link appendChild} or {@link replaceChildren} puts it there. */
export function createElement(
  name: string,
  uri: string | undefined,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlElement[] = [],
): XmlElement {
  const element: XmlElement = {
    kind: 'element',
    name,
    ...splitQualifiedName(name),
    uri,
    attributes: Object.entries(attributes).map(([attribute, value]) => ({
      name: attribute,
      ...splitQualifiedName(attribute),
      uri: undefined,
      value,
    })),
    children: [...children],
    parent: undefined,
  };
  for (const child of children) child.parent = element;
  return element;
}

/** The prefix under which the root declares the namespace; declares it when it is missing. */
export function ensureNamespace(document: XmlDocument, uri: string, preferredPrefix: string): string {
  const declared = document.root.attributes.find(({ prefix, value }) => prefix === 'xmlns' && value === uri);
  if (declared !== undefined) return declared.localName;
  const taken = new Set(document.root.attributes.filter(({ prefix }) => prefix === 'xmlns').map(({ localName }) => localName));
  let prefix = preferredPrefix;
  for (let number = 2; taken.has(prefix); number += 1) prefix = `${preferredPrefix}${number}`;
  setAttribute(document.root, `xmlns:${prefix}`, uri);
  return prefix;
}
