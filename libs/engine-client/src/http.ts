import type { Readable } from 'node:stream';
import { type Dispatcher, type FormData, Pool } from 'undici';
import { parseJson, writeJson } from '@procos/json';
import { EngineRequestError, EngineUnreachableError } from './engine-errors.ts';
import { unlessOthersAreFirst } from './transaction-conflict.ts';

export interface EngineConnection {
  /** REST root, for example `http://127.0.0.1:8080/engine-rest`. */
  readonly baseUrl: string;
  readonly user?: string;
  readonly password?: string;
  /** How long one request may take, in milliseconds; a long poll adds its own waiting time. @default 20000 */
  readonly requestTimeoutMs?: number;
  /** Connections kept open to the engine: about as many as it has to its database, and some for requests that wait. @default 20 */
  readonly connections?: number;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface EngineRequest {
  readonly query?: Query;
  readonly json?: unknown;
  readonly form?: FormData;
  /** A body that is sent as it is read. */
  readonly upload?: Upload;
  readonly signal?: AbortSignal;
  /** The path begins at the server's root, not at the REST root. @default false */
  readonly fromServerRoot?: boolean;
  /** Added to the time allowed, for requests that the engine holds open. @default 0 */
  readonly extraTimeMs?: number;
  /** Media type of the answer. @default 'application/json' */
  readonly accept?: string;
}

export interface Upload {
  readonly body: Readable;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
}

/** One connection pool to the engine's REST API. */
export interface EngineHttp {
  readonly baseUrl: string;
  /**
   * A request that lost against another transaction is sent again (`unlessOthersAreFirst`), all others once.
   *
   * @throws EngineRequestError | EngineUnreachableError | TypeError when `json` cannot be encoded: nothing was sent
   */
  request<Answer>(method: Method, path: string, options?: EngineRequest): Promise<Answer>;
  /**
   * The bytes that the engine keeps under a path. The body must be read or destroyed; it fails as what it is, a stream.
   *
   * @throws EngineRequestError | EngineUnreachableError before the first byte
   */
  download(path: string, options?: Pick<EngineRequest, 'signal' | 'extraTimeMs'>): Promise<Download>;
  close(): Promise<void>;
}

export interface Download {
  readonly body: Readable;
  /** In bytes; `undefined` when the engine does not say. */
  readonly size: number | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Opens a pool; nothing is sent yet. */
export function openEngineHttp(connection: EngineConnection): EngineHttp {
  const { connections = 20 } = connection;
  const base = new URL(connection.baseUrl);
  const pool = new Pool(base.origin, { connections, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 5_000 } });
  const send = sender(pool, connection);
  return {
    baseUrl: `${base.origin}${restRoot(base)}`,
    request: <Answer>(method: Method, path: string, options: EngineRequest = {}) => {
      const once = () => send(method, path, options, async (response) => (await readBody(response)) as Answer);
      // What is sent as it is read can be read once only.
      return options.upload === undefined ? unlessOthersAreFirst(once, options) : once();
    },
    download: (path, options = {}) =>
      send('GET', path, { ...options, accept: '*/*' }, async ({ body, headers }) => ({
        body,
        size: sizeOf(headers['content-length']),
      })),
    close: () => pool.destroy(),
  };
}

/** How many there are of what a path below the REST root counts. */
export async function countAt(http: EngineHttp, path: string, query: Query = {}): Promise<number> {
  return (await http.request<{ count: number }>('GET', path, { query })).count;
}

function restRoot(base: URL): string {
  return base.pathname.replace(/\/$/, '');
}

function sender(pool: Pool, { requestTimeoutMs = 20_000, user, password, baseUrl }: EngineConnection) {
  const base = new URL(baseUrl);
  const root = restRoot(base);
  const serverRoot = root.replace(/\/engine-rest$/, '');
  const authorization =
    user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` };
  return async function send<Answer>(
    method: Method,
    path: string,
    { accept = 'application/json', ...options }: EngineRequest,
    read: (response: Dispatcher.ResponseData) => Promise<Answer>,
  ): Promise<Answer> {
    const { query, signal, extraTimeMs = 0, fromServerRoot = false } = options;
    const timeout = AbortSignal.timeout(requestTimeoutMs + extraTimeMs);
    // Outside of the `try`: what cannot be encoded is a fault of the caller, not of an engine that gives no answer.
    const { body, headers } = content(options);
    try {
      const response = await pool.request({
        method,
        path: `${fromServerRoot ? serverRoot : root}${path}${queryString(query)}`,
        headers: { accept, ...headers, ...authorization },
        body,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (response.statusCode >= 400)
        throw new EngineRequestError({ method, path }, response.statusCode, await readBody(response));
      return await read(response);
    } catch (thrown) {
      if (thrown instanceof EngineRequestError) throw thrown;
      throw new EngineUnreachableError({ method, path }, base.origin, thrown);
    }
  };
}

/** A form says by itself what it is. */
function content({ form, upload, json }: EngineRequest) {
  if (form !== undefined) return { body: form, headers: {} };
  if (upload !== undefined) {
    const { body, contentType, size } = upload;
    return { body, headers: { 'content-type': contentType, 'content-length': String(size) } };
  }
  return json === undefined
    ? { body: null, headers: {} }
    : { body: writeJson(json), headers: { 'content-type': 'application/json' } };
}

function sizeOf(contentLength: string | string[] | undefined): number | undefined {
  return typeof contentLength === 'string' && /^\d+$/.test(contentLength) ? Number(contentLength) : undefined;
}

async function readBody(response: Dispatcher.ResponseData): Promise<unknown> {
  const text = await response.body.text();
  // By media type, not by the whole header: engines add a charset.
  const isJson =
    String(response.headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim()
      .endsWith('json') === true;
  if (text === '' || !isJson) return text;
  return parseJson(text);
}

function queryString(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}
