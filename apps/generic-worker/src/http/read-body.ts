import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type InputType, zstdDecompress } from 'node:zlib';
import { RetryableError, TerminalError } from '@procos/errors';

type Decompress = (bytes: InputType, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const inflatePlain = promisify(inflateRaw) as Decompress;
/** The content codings that are understood; they are also the ones asked for. */
const decoders: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  deflate: (bytes, options) =>
    (((bytes as Buffer)[0] ?? 0) & 0x0f) === 0x08
      ? (promisify(inflate) as Decompress)(bytes, options)
      : inflatePlain(bytes, options),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};
/** Codings that exist, and change the bytes. Source: IANA, HTTP Content Coding Registry. */
const foreign: ReadonlySet<string> = new Set([
  'compress',
  'x-compress',
  'exi',
  'pack200-gzip',
  'aes128gcm',
  'dcb',
  'dcz',
]);

/** Value of the `accept-encoding` header that fits {@link decompressed}. */
export const acceptedEncodings = Object.keys(decoders).join(', ');

/**
 * Reads the body of an answer as it arrives, up to a limit.
 *
 * @throws TerminalError over the limit, and what the stream fails with
 */
export async function readBody(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Whoever stops reading early lets go of the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * A body without the codings that its header names, last one first. What names no way to compress (`none`, `UTF-8`,
 * `aws-chunked`) is passed over, as browsers do.
 *
 * @param origin of the server, for messages
 * @throws TerminalError over the limit, for a coding that nobody asked for, and for a label that is not true; RetryableError for a body that ends too early
 */
export async function decompressed(
  bytes: Buffer,
  encoding: string,
  { origin, maxBytes }: { readonly origin: string; readonly maxBytes: number },
): Promise<Buffer> {
  let current = bytes;
  for (const given of encoding.toLowerCase().split(',').reverse()) {
    const coding = given.trim().replace(/^x-gzip$/, 'gzip');
    if (foreign.has(coding))
      throw new TerminalError(`The answer of ${origin} is compressed in a way that was not asked for: ${coding}`);
    const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
    // Servers name a coding for nothing, too, which is no whole compressed text.
    if (decoder !== undefined && current.length > 0)
      current = await decoded(current, coding, decoder, { origin, maxBytes });
  }
  return current;
}

async function decoded(
  bytes: Buffer,
  coding: string,
  decode: Decompress,
  { origin, maxBytes }: { readonly origin: string; readonly maxBytes: number },
): Promise<Buffer> {
  try {
    if (!beginsAs(bytes, coding)) throw new Error('It begins in another way');
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    if (code === 'Z_BUF_ERROR' && coding === 'gzip') {
      const whole = await withoutTrailer(bytes, maxBytes);
      if (whole !== undefined) return whole;
    }
    if (code === 'Z_BUF_ERROR')
      throw new RetryableError(`${origin} cut its answer off: the compressed body (${coding}) ends too early`, {
        cause: thrown,
      });
    throw new TerminalError(`The answer of ${origin} is labelled as compressed with ${coding}, which its body is not`, {
      details: `Its header says content-encoding: ${coding}, and its body cannot be read that way. This is a fault of the server; the same request meets it again.`,
      cause: thrown,
    });
  }
}

/** By their first bytes, a text can be told from two of the codings before it is called torn. Source: RFC 1952, 2.3.1; RFC 8878, 3.1.1. */
const beginnings: Readonly<Record<string, readonly number[]>> = { gzip: [0x1f, 0x8b], zstd: [0x28, 0xb5, 0x2f, 0xfd] };

function beginsAs(bytes: Buffer, coding: string): boolean {
  return (beginnings[coding] ?? []).every((byte, index) => index >= bytes.length || bytes[index] === byte);
}

/** The text of a gzip file whose check sum at the end is missing: whole when its last block is. Source: RFC 1952, 2.3. */
async function withoutTrailer(bytes: Buffer, maxBytes: number): Promise<Buffer | undefined> {
  const flags = bytes[3] ?? 0;
  // Names, comments and the like in the header are as good as never sent.
  if (flags !== 0 || bytes.length <= 10) return undefined;
  try {
    return await inflatePlain(bytes.subarray(10), { maxOutputLength: maxBytes });
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'Z_BUF_ERROR') return undefined;
    throw thrown;
  }
}

function tooLarge(maxBytes: number): TerminalError {
  return new TerminalError(`The answer is larger than ${maxBytes} bytes`, {
    details: 'The limit is PROCOS_HTTP_MAX_BYTES.',
  });
}
