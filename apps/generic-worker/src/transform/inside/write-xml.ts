import type { StepConfig } from '../transformation.ts';
import { StepError } from './fault.ts';
import { plainText } from './plain-values.ts';
import { attributePrefix, deepestXml, textName } from './read-xml.ts';

/** A value as an XML text; the counterpart of {@link readXml}. Entries of a list repeat the element that holds the list. */
export function writeXml(data: unknown, { root, item = 'item' }: StepConfig<'convert'>): string {
  const [name, value] = root === undefined ? rootOf(data) : ([root, data] as const);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, Array.isArray(value) ? { [item]: value as unknown } : value, 0)}\n`;
}

function rootOf(data: unknown): readonly [string, unknown] {
  const members = isMembers(data) ? Object.entries(data) : [];
  const [only] = members;
  return only !== undefined && members.length === 1 && !Array.isArray(only[1]) && !isNoElement(only[0])
    ? only
    : ['root', data];
}

function element(name: string, value: unknown, depth: number): string {
  if (depth > deepestXml) throw new StepError('data', `it is nested more than ${deepestXml} levels deep`);
  checkName(name);
  if (Array.isArray(value))
    return value
      .map((entry: unknown) => element(name, Array.isArray(entry) ? { item: entry } : entry, depth + 1))
      .join('');
  if (!isMembers(value)) return wrap(name, '', escaped(plainText(value)));
  const members = Object.entries(value);
  const attributes = members
    .filter(([key]) => key.startsWith(attributePrefix))
    .map(([key, text]) => attribute(key.slice(1), text));
  const text = Object.hasOwn(value, textName) ? escaped(plainText(value[textName])) : '';
  const inner = members.filter(([key]) => !isNoElement(key)).map(([key, inside]) => element(key, inside, depth + 1));
  return wrap(name, attributes.join(''), `${text}${inner.join('')}`);
}

function isNoElement(key: string): boolean {
  return key.startsWith(attributePrefix) || key === textName;
}

function attribute(name: string, value: unknown): string {
  checkName(name);
  return ` ${name}="${escaped(plainText(value)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`;
}

function wrap(name: string, attributes: string, content: string): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

/** Source: XML 1.0, 2.3 (names) and 2.2 (characters). */
function checkName(name: string): void {
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?$/u.test(name))
    throw new StepError('data', `${JSON.stringify(name)} cannot be the name of an element or attribute`);
}

function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed())
    throw new StepError('data', 'it holds characters that XML cannot');
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
