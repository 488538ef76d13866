import { ancestors } from './xml-tree.ts';
import { splitQualifiedName } from './qualified-name.ts';
import type { XmlDocument, XmlElement, XmlNode } from './xml-tree.ts';

/** Where the file itself shows none. */
const defaultIndent = '  ';

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
  replaceChildren(
    parent,
    parent.children.filter((child) => child !== element),
  );
  element.parent = undefined;
}

/**
 * Gives the element these children. Children that were there before keep the white space before them, new ones get the
 * line break and indentation that their siblings have; content with text in it is left as it is.
 */
export function replaceChildren(element: XmlElement, children: readonly XmlNode[]): void {
  const content = children.filter((child) => !isBlank(child));
  const spaced = content.some(isText) ? children : withLineBreaks(element, content);
  const added = content.filter((child) => child.kind === 'element' && child.parent !== element);
  const breakBefore = breakBetweenChildren(element);
  for (const child of added) if (child.kind === 'element') child.parent = element;
  element.children.splice(0, element.children.length, ...spaced);
  for (const child of added)
    if (child.kind === 'element' && child.source === undefined) indent(child, breakBefore, indentUnit(element));
}

export function appendChild(element: XmlElement, child: XmlNode): void {
  replaceChildren(element, [...element.children, child]);
}

function withLineBreaks(element: XmlElement, content: readonly XmlNode[]): XmlNode[] {
  if (content.length === 0) return [];
  const old = element.children;
  const places = new Map(old.map((child, index) => [child, index]));
  const breakBefore = breakBetweenChildren(element);
  const spaced = content.flatMap((child) => {
    const place = places.get(child);
    if (place === undefined) return [blank(breakBefore), child];
    const space = old[place - 1];
    return space !== undefined && isBlank(space) ? [space, child] : [child];
  });
  const last = old.at(-1);
  if (last !== undefined && isBlank(last)) return [...spaced, last];
  const end = content.at(-1);
  return end !== undefined && places.has(end) ? spaced : [...spaced, blank(breakAfterChildren(element))];
}

/** The line break before the children: that of a child that has one, else one step deeper than the element itself. */
function breakBetweenChildren(element: XmlElement): string {
  for (const [index, child] of element.children.entries()) {
    const next = element.children[index + 1];
    if (next !== undefined && isBlank(child) && child.kind === 'text' && child.value.includes('\n'))
      return lastLine(child.value);
  }
  return `${breakAfterChildren(element)}${indentUnit(element)}`;
}

function breakAfterChildren(element: XmlElement): string {
  const { parent } = element;
  if (parent === undefined) return '\n';
  const before = parent.children[parent.children.indexOf(element) - 1];
  return before?.kind === 'text' && isBlank(before) && before.value.includes('\n')
    ? lastLine(before.value)
    : breakBetweenChildren(parent);
}

/** What one level is indented by: as the first child of the root is, which stands one level deep. */
function indentUnit(element: XmlElement): string {
  const root = Array.from(ancestors(element)).at(-1) ?? element;
  const first = root.children.find((child) => isBlank(child) && child.kind === 'text' && /\n[ \t]+$/.test(child.value));
  return first?.kind === 'text' ? lastLine(first.value).slice(1) : defaultIndent;
}

function lastLine(space: string): string {
  return space.slice(space.lastIndexOf('\n'));
}

/** Indents everything below a new element; content with text in it is left as it is. */
function indent(element: XmlElement, breakBefore: string, unit: string): void {
  const content = element.children.filter((child) => !isBlank(child));
  if (content.length === 0 || content.some(isText)) return;
  const inner = `${breakBefore}${unit}`;
  const spaced = content.flatMap((child) => [blank(inner), child]);
  element.children.splice(0, element.children.length, ...spaced, blank(breakBefore));
  for (const child of content) if (child.kind === 'element' && child.source === undefined) indent(child, inner, unit);
}

function isBlank(node: XmlNode): boolean {
  return node.kind === 'text' && node.value.trim() === '';
}

function isText(node: XmlNode): boolean {
  return (node.kind === 'text' && node.value.trim() !== '') || node.kind === 'cdata';
}

function blank(value: string): XmlNode {
  return { kind: 'text', value };
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
  const taken = new Set(
    document.root.attributes.filter(({ prefix }) => prefix === 'xmlns').map(({ localName }) => localName),
  );
  let prefix = preferredPrefix;
  for (let number = 2; taken.has(prefix); number += 1) prefix = `${preferredPrefix}${number}`;
  setAttribute(document.root, `xmlns:${prefix}`, uri);
  return prefix;
}

/** The prefix under which the namespace can be used at this place; '' for the default namespace. */
export function prefixInScope(place: XmlElement, uri: string): string | undefined {
  const hidden = new Set<string>();
  for (const element of [place, ...ancestors(place)]) {
    for (const { name, prefix, localName, value } of element.attributes) {
      if (name !== 'xmlns' && prefix !== 'xmlns') continue;
      const declared = name === 'xmlns' ? '' : localName;
      if (value === uri && !hidden.has(declared)) return declared;
      hidden.add(declared);
    }
  }
  return undefined;
}
