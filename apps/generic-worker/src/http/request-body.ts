import { TerminalError } from '@procos/errors';
import { exactJson } from '../exact-json.ts';
import { fromBase64 } from '../files/file-content.ts';
import { namedValues, scalar, withParams } from './outgoing.ts';

/** How data become the body of a request. */
export type BodyType = 'json' | 'form' | 'multipart' | 'binary' | 'text';

export interface RequestBody {
  readonly body: string | Buffer | null;
  readonly contentType?: string;
}

/** What a request may carry, in bytes, unless the operator says otherwise. */
export const defaultRequestBytes = 10_485_760;

/** @throws TerminalError for a body of more bytes */
export function withinSize(request: RequestBody, maxBytes: number): RequestBody {
  if (request.body === null || Buffer.byteLength(request.body) <= maxBytes) return request;
  throw new TerminalError(`The data of the request are larger than ${maxBytes} bytes`, {
    details: 'The limit is PROCOS_HTTP_MAX_REQUEST_BYTES.',
  });
}

const formType = 'application/x-www-form-urlencoded';

/**
 * The body, and the content type that goes with it.
 *
 * @param type @default text as it is, a form when the headers say so, anything else as JSON
 * @throws TerminalError
 */
export async function requestBody(
  data: unknown,
  method: string,
  headers: Readonly<Record<string, string>>,
  type?: BodyType,
): Promise<RequestBody> {
  if (data === undefined || data === null) return { body: null };
  if (method === 'GET' || method === 'HEAD')
    throw new TerminalError(`${method} takes no data; put it into params or use another method.`);
  const given = headers['content-type'];
  switch (type ?? typeOf(data, given)) {
    case 'text':
      if (typeof data !== 'string') throw new TerminalError('The data of a text body must be text.');
      return { body: data, contentType: given ?? 'text/plain; charset=utf-8' };
    case 'binary':
      if (typeof data !== 'string') throw new TerminalError('The data of a binary body must be base64 text.');
      return { body: fromBase64(data, 'data'), contentType: given ?? 'application/octet-stream' };
    case 'form':
      return {
        body: withParams(new URL('http://form.invalid'), data, 'data').searchParams.toString(),
        contentType: given ?? formType,
      };
    case 'multipart':
      if (given !== undefined)
        throw new TerminalError('The header content-type of a multipart body is set by the worker itself.');
      return multipart(namedValues(data, 'data'));
    case 'json':
      return { body: exactJson(data, 'The data cannot be sent'), contentType: given ?? 'application/json' };
  }
}

function typeOf(data: unknown, contentType: string | undefined): BodyType {
  if (typeof data === 'string') return 'text';
  return contentType?.startsWith(formType) === true ? 'form' : 'json';
}

/** Source: RFC 7578. */
async function multipart(parts: Readonly<Record<string, unknown>>): Promise<RequestBody> {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    for (const part of [value].flat()) {
      if (part === null || part === undefined) continue;
      const text = scalar(part);
      if (text === undefined) form.append(name, ...filePart(name, part));
      else form.append(name, text);
    }
  }
  // The platform writes names, file names and the boundary.
  const written = new Response(form);
  return { body: Buffer.from(await written.arrayBuffer()), contentType: written.headers.get('content-type') ?? '' };
}

interface FilePart {
  readonly content?: unknown;
  readonly encoding?: unknown;
  readonly filename?: unknown;
  readonly content_type?: unknown;
}

function filePart(name: string, part: object): [Blob, string] {
  const {
    content,
    encoding = 'base64',
    filename = name,
    content_type: type = 'application/octet-stream',
  } = part as FilePart;
  const isKnown =
    typeof content === 'string' &&
    typeof filename === 'string' &&
    typeof type === 'string' &&
    (encoding === 'base64' || encoding === 'utf-8');
  if (!isKnown)
    throw new TerminalError(
      `The part ${name} must be text, or a file: {content, encoding: base64 or utf-8, filename, content_type}.`,
    );
  const bytes = encoding === 'base64' ? fromBase64(content, `part ${name}`) : Buffer.from(content, 'utf8');
  return [new Blob([new Uint8Array(bytes)], { type }), filename];
}
