import { encodingDeclaredIn, withDeclaredEncoding } from './xml-declaration.ts';

/**
 * Reads the bytes of a model. Text that is not stored as UTF-8 declares afterwards the encoding that was found, whatever
 * it declared before, so that everybody who judges the text can say so.
 */
export function decodeModel(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return withDeclaredEncoding(decode(bytes, wide), wide.toUpperCase());
  const text = decodeUtf8(bytes);
  if (text !== undefined) return text;
  const declared = encodingDeclaredIn(new TextDecoder('latin1').decode(bytes.subarray(0, 200)));
  const found = declared !== undefined && isKnown(declared) && !/^utf/i.test(declared) ? declared : 'windows-1252';
  return withDeclaredEncoding(decode(bytes, found), found);
}

/** UTF-16 begins with a byte order mark, or with a `<` of two bytes. */
function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
