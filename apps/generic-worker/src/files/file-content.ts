import { TerminalError } from '@procos/errors';
import { fileRefused } from './file-errors.ts';

export type FileEncoding = 'utf-8' | 'utf8' | 'windows-1252' | 'base64';

/** Looked at character by character: a pattern of groups of four overflows the stack on a file of some megabytes. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes that a text stands for. @throws TerminalError when it is no base64, or holds characters that the encoding has none for */
export function toBytes(content: string, encoding: FileEncoding): Buffer {
  if (encoding === 'windows-1252') return toWindows1252(content);
  return encoding === 'base64' ? fromBase64(content, 'content') : Buffer.from(content, 'utf8');
}

function toWindows1252(content: string): Buffer {
  const all = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const bytes = new Map([...all].map((character, byte) => [character, byte] as const));
  return Buffer.from(
    Array.from(content, (character) => {
      const byte = bytes.get(character);
      if (byte === undefined)
        throw new TerminalError(
          `The content holds the character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}, which windows-1252 does not have: use the encoding utf-8.`,
        );
      return byte;
    }),
  );
}

/** The bytes of a base64 text; blanks and line breaks do not count. @throws TerminalError naming what is no base64 */
export function fromBase64(text: string, what: string): Buffer {
  const compact = text.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !base64.test(compact))
    throw new TerminalError(`The ${what} is no base64 text, as the encoding says it is.`);
  return Buffer.from(compact, 'base64');
}

/** The text that stands for bytes. @throws BpmnError FILE_REFUSED when they are no UTF-8 */
export function toText(bytes: Buffer, encoding: FileEncoding, path: string): string {
  if (encoding === 'base64') return bytes.toString('base64');
  if (encoding === 'windows-1252') return new TextDecoder('windows-1252').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder says no more than that it failed.
    throw fileRefused(
      path,
      'holds bytes that are no UTF-8 text; read it with encoding windows-1252 when a spreadsheet wrote it, else with base64',
    );
  }
}
