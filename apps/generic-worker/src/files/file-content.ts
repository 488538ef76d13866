import { TerminalError } from '@procos/errors';
import { fileRefused } from './file-errors.ts';

export type FileEncoding = 'utf-8' | 'utf8' | 'base64';

/** Looked at character by character: a pattern of groups of four overflows the stack on a file of some megabytes. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes that a text stands for. @throws TerminalError when it is no base64 */
export function toBytes(content: string, encoding: FileEncoding): Buffer {
  return encoding === 'base64' ? fromBase64(content, 'content') : Buffer.from(content, 'utf8');
}

/** The bytes of a base64 text; blanks and line breaks do not count. @throws TerminalError naming what is no base64 */
export function fromBase64(text: string, what: string): Buffer {
  const compact = text.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !base64.test(compact)) throw new TerminalError(`The ${what} is no base64 text, as the encoding says it is.`);
  return Buffer.from(compact, 'base64');
}

/** The text that stands for bytes. @throws BpmnError FILE_REFUSED when they are no UTF-8 */
export function toText(bytes: Buffer, encoding: FileEncoding, path: string): string {
  if (encoding === 'base64') return bytes.toString('base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder says no more than that it failed.
    throw fileRefused(path, 'holds bytes that are no UTF-8 text; read it with encoding base64');
  }
}
