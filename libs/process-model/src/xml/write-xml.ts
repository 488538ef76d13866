import { encodeAttribute, encodeText } from './entities.ts';
import type { XmlDocument, XmlElement, XmlNode, XmlText } from './xml-tree.ts';

/** Writes the tree as it was read: white space, comments, prefixes and attribute order are kept. */
export function writeXml(document: XmlDocument): string {
  const parts: string[] = [];
  const [first, ...prolog] = document.prolog;
  const declared = first?.kind === 'instruction' && /^xml\s/.test(first.value);
  parts.push(declared ? writeNode(first) : '<?xml version="1.0" encoding="UTF-8"?>');
  for (const node of declared || first === undefined ? prolog : [first, ...prolog]) parts.push('\n', writeNode(node));
  parts.push('\n', writeNode(document.root), '\n');
  for (const node of document.epilog) parts.push(writeNode(node), '\n');
  return parts.join('');
}

export function writeNode(node: XmlNode): string {
  return node.kind === 'element' ? writeElement(node) : writeText(node);
}

function writeText({ kind, value }: XmlText): string {
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

function writeElement(element: XmlElement): string {
  const attributes = element.attributes.map(({ name, value }) => ` ${name}="${encodeAttribute(value)}"`).join('');
  if (element.children.length === 0) return `<${element.name}${attributes} />`;
  return `<${element.name}${attributes}>${element.children.map(writeNode).join('')}</${element.name}>`;
}
