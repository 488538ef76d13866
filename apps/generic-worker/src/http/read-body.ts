import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { TerminalError } from '@procos/errors';

/** The content codings that are understood; they are also the ones asked for. */
const decoders = { gzip: () => createGunzip(), deflate: createInflater, br: () => createBrotliDecompress(), zstd: () => createZstdDecompress() } as const;

/** Value of the `accept-encoding` header that fits {@link readBody}. */
export const acceptedEncodings = Object.keys(decoders).join(', ');

/**
 * Reads the body of an answer, decompressed, up to a limit that holds for what arrives as well as for what it becomes.
 *
 * @throws TerminalError over the limit, or for a coding that nobody asked for
 */
export async function readBody(body: Readable, encoding: string, maxBytes: number): Promise<Buffer> {
  const coding = encoding.trim().toLowerCase();
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>) => {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  };
  if (coding === '' || coding === 'identity') {
    await pipeline(body, collect);
  } else {
    const arriving = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    const first = await arriving.next();
    // Servers name a coding for nothing, too, which is no whole compressed text.
    if (first.done !== true) await pipeline(beginningWith(first.value, arriving), limited(maxBytes), decoderOf(coding, first.value), collect);
  }
  return Buffer.concat(chunks);
}

async function* beginningWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    // Whoever stops reading early lets go of the connection.
    await rest.return?.();
  }
}

function limited(maxBytes: number) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  };
}

function decoderOf(coding: string, first: Buffer) {
  const name = coding === 'x-gzip' ? 'gzip' : coding;
  if (!Object.hasOwn(decoders, name)) throw new TerminalError(`The answer is compressed in a way that was not asked for: ${coding}`);
  return decoders[name as keyof typeof decoders](first);
}

/** By the standard the frame of zlib is around it; many servers leave it out. Source: RFC 9110, 8.4.1.2; RFC 1950, 2.2. */
function createInflater(first: Buffer) {
  return ((first[0] ?? 0) & 0x0f) === 0x08 ? createInflate() : createInflateRaw();
}

function tooLarge(maxBytes: number): TerminalError {
  return new TerminalError(`The answer is larger than ${maxBytes} bytes`, { details: 'The limit is PROCOS_HTTP_MAX_BYTES.' });
}

/** Bytes as text in the charset that the media type names. @default charset utf-8 */
export function decodeText(bytes: Buffer, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (thrown) {
    if (thrown instanceof RangeError) return new TextDecoder().decode(bytes);
    throw thrown;
  }
}
