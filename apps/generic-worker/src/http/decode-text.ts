const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
/** How far into a page browsers look for its charset, in bytes. Source: HTML standard, prescan a byte stream. */
const prescan = 1_024;

/**
 * Bytes as text, as browsers read them: by the byte order mark, else the charset of the media type, else the one that an HTML or
 * XML document names itself, else UTF-8; bytes that are none and are not said to be any are windows-1252.
 * Source: WHATWG Encoding, "decode"; HTML standard, "determining the character encoding".
 */
export function decodeText(bytes: Buffer, contentType: string): string {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  const said =
    marked ??
    known(/;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1]) ??
    known(ownCharset(bytes, contentType));
  if (said !== undefined) return new TextDecoder(said).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder says no more than that it failed.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function known(charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset).encoding;
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** A document cannot be read as UTF-16 and say in ASCII that it is: it is UTF-8 then, as browsers have it. */
function ownCharset(bytes: Buffer, contentType: string): string | undefined {
  const head = bytes.subarray(0, prescan).toString('latin1');
  const named = /\bx?html\b/i.test(contentType)
    ? /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1]
    : /\bxml\b/i.test(contentType)
      ? /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]
      : undefined;
  return named !== undefined && /^utf-16/i.test(named) ? 'utf-8' : named;
}
