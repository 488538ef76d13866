import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Upload } from './http.ts';

/** A file whose bytes are sent as they are read. */
export interface FileContent {
  readonly filename: string;
  /** In bytes: exactly as many as the chunks hold together. */
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The body that puts a file into a variable. Source: RFC 7578; Camunda 7 REST API, post process variable (binary). */
export function fileUpload({ filename, size, chunks }: FileContent): Upload {
  const boundary = `procos-${randomUUID()}`;
  const field = (disposition: string, type: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  const head = Buffer.from(
    `${field('name="valueType"', 'text/plain')}File\r\n${field(`name="data"; filename="${quoted(filename)}"`, 'application/octet-stream')}`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const body = async function* () {
    yield head;
    yield* chunks;
    yield tail;
  };
  return {
    body: Readable.from(body()),
    contentType: `multipart/form-data; boundary=${boundary}`,
    size: head.length + size + tail.length,
  };
}

/** What would end the name or the line is written as browsers do. Source: WHATWG HTML, multipart/form-data encoding. */
function quoted(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
