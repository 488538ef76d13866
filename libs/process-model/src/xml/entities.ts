const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Decodes the five predefined entities and character references.
 * Returns undefined for anything else after `&`: without a DOCTYPE no other entity can exist
 * (https://www.w3.org/TR/xml/#wf-entdeclared).
 */
export function decodeEntities(raw: string): string | undefined {
  if (!raw.includes('&')) return raw;
  let decoded = '';
  let position = 0;
  for (let start = raw.indexOf('&'); start !== -1; start = raw.indexOf('&', position)) {
    const end = raw.indexOf(';', start);
    if (end === -1 || end - start > 12) return undefined;
    const character = decodeReference(raw.slice(start + 1, end));
    if (character === undefined) return undefined;
    decoded += raw.slice(position, start) + character;
    position = end + 1;
  }
  return decoded + raw.slice(position);
}

function decodeReference(reference: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(reference);
  if (match === null) return predefined.get(reference);
  const codePoint = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}

export function encodeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

export function encodeAttribute(value: string): string {
  return encodeText(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
