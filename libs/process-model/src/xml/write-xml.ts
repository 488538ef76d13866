import { encodeAttribute, encodeText } from './entities.ts';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode, XmlText } from './xml-tree.ts';

/**
 * Writes the tree into the text it was read from: what nobody changed stands there byte for byte, with its quotes, line
 * ends, entities and white space; what was added uses the line ends of the file.
 */
export function writeXml({ source, root }: XmlDocument): string {
  const newline = source?.newline ?? '\n';
  const before = source?.before ?? `<?xml version="1.0" encoding="UTF-8"?>${newline}`;
  return `${before}${writeElement(root, newline)}${source?.after ?? newline}`;
}

/** The same text for nodes that say the same, however they are written. */
export function canonicalXml(node: XmlNode): string {
  if (node.kind !== 'element') return made(node);
  const attributes = node.attributes.map(madeAttribute).join('');
  return `<${node.name}${attributes}>${node.children.map(canonicalXml).join('')}</${node.name}>`;
}

function writeNode(node: XmlNode, newline: string): string {
  return node.kind === 'element' ? writeElement(node, newline) : writeText(node, newline);
}

function writeText(node: XmlText, newline: string): string {
  if (node.source?.value === node.value) return node.source.raw;
  const text = made(node);
  return newline === '\n' ? text : text.replaceAll('\n', newline);
}

function made({ kind, value }: XmlText): string {
  switch (kind) {
    case 'text':
      return encodeText(value);
    case 'cdata':
      return `<![CDATA[${value}]]>`;
    case 'comment':
      return `<!--${value}-->`;
    case 'instruction':
      return `<?${value}?>`;
  }
}

function madeAttribute({ name, value }: Pick<XmlAttribute, 'name' | 'value'>): string {
  return ` ${name}="${encodeAttribute(value)}"`;
}

function writeElement(element: XmlElement, newline: string): string {
  const content = element.children.map((child) => writeNode(child, newline)).join('');
  const { source } = element;
  if (source === undefined) {
    const tag = `<${element.name}${element.attributes.map(madeAttribute).join('')}`;
    return content === '' ? `${tag} />` : `${tag}>${content}</${element.name}>`;
  }
  const openTag = writeOpenTag(element, source.openTag, source.attributes);
  if (source.closeTag !== '') return `${openTag}${content}${source.closeTag}`;
  return content === '' ? openTag : `${openTag.replace(/\s*\/>$/, '')}>${content}</${element.name}>`;
}

const attributePattern = /(\s*)([^\s=/>"']+)(\s*=\s*)("[^"]*"|'[^']*')/g;

/** The tag as it was read; only attributes that were changed, added or removed are written anew. */
function writeOpenTag(element: XmlElement, raw: string, read: readonly Pick<XmlAttribute, 'name' | 'value'>[]): string {
  const before = new Map(read.map(({ name, value }) => [name, value]));
  const now = new Map(element.attributes.map(({ name, value }) => [name, value]));
  const changed = before.size !== now.size || Array.from(now).some(([name, value]) => before.get(name) !== value);
  if (!changed) return raw;
  const nameEnd = 1 + element.name.length;
  const kept = raw
    .slice(nameEnd)
    .replaceAll(attributePattern, (part: string, space: string, name: string, equals: string, quoted: string) => {
      const value = now.get(name);
      if (value === undefined) return '';
      return value === before.get(name) ? part : `${space}${name}${equals}${quote(value, quoted.charAt(0))}`;
    });
  const added = element.attributes
    .filter(({ name }) => !before.has(name))
    .map(madeAttribute)
    .join('');
  const [, attributes = '', end = '>'] = /^([\s\S]*?)(\s*\/?>)$/.exec(kept) ?? [];
  return `${raw.slice(0, nameEnd)}${attributes}${added}${end}`;
}

function quote(value: string, mark: string): string {
  const encoded = encodeAttribute(value);
  return mark === '"' ? `"${encoded}"` : `'${encoded.replaceAll("'", '&apos;')}'`;
}
