import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { TerminalError } from '@procos/errors';

/** The content codings that are understood; they are also the ones asked for. */
const decoders = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress, zstd: createZstdDecompress } as const;

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
  if (coding === '' || coding === 'identity') await pipeline(body, collect);
  else await pipeline(body, limited(maxBytes), decoderOf(coding), collect);
  return Buffer.concat(chunks);
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

function decoderOf(coding: string) {
  const name = coding === 'x-gzip' ? 'gzip' : coding;
  if (!Object.hasOwn(decoders, name)) throw new TerminalError(`The answer is compressed in a way that was not asked for: ${coding}`);
  return decoders[name as keyof typeof decoders]();
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
