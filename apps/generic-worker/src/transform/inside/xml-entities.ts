import { StepError } from './fault.ts';

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * A text of an XML document with its references replaced. Only those that need no document type are known.
 * Source: XML 1.0, 4.1 and 4.6.
 *
 * @throws StepError for a reference to anything else
 */
export function decodeReferences(text: string): string {
  return text.replaceAll(/&([^;&\s]{0,20};?)/g, (_, reference: string) => {
    const name = reference.endsWith(';') ? reference.slice(0, -1) : '';
    const character = Object.hasOwn(named, name) ? named[name] : characterOf(name);
    if (character === undefined)
      throw new StepError('XML', `&${name} is no reference that is known without a document type`);
    return character;
  });
}

function characterOf(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal ?? NaN) : Number.parseInt(hex, 16);
  const isCharacter =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
