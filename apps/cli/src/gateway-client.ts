import { fromWireError, messageOf, ProcosError, rootCause } from '@procos/errors';
import { parseJson } from '@procos/json';
import { errors } from './errors.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { remedyInCommands } from './remedy-in-commands.ts';

export interface GatewayRequest {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** How long an answer may take, in milliseconds. @default 60000 */
  readonly timeoutMs?: number;
}

type Method = 'GET' | 'POST' | 'DELETE';

/** An error that the gateway told. Its answer may hold more than the error, such as the findings of a lint. */
export class GatewayRefusal extends ProcosError {
  /** The answer as it came, its `error` left out. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, remedy, status, data }: ProcosError, body: unknown) {
    super({ code, message, remedy: remedyInCommands({ code, remedy, data }), status, data });
    this.name = 'GatewayRefusal';
    const { error: _told, ...details } = body as Record<string, unknown>;
    this.details = details;
  }
}

/** The public API of the gateway: JSON over HTTP, errors made again from their wire form. */
export interface GatewayClient {
  readonly address: GatewayAddress;
  get<Answer>(path: string, request?: GatewayRequest): Promise<Answer>;
  post<Answer>(path: string, request?: GatewayRequest): Promise<Answer>;
  delete<Answer>(path: string, request?: GatewayRequest): Promise<Answer>;
  /** An answer that goes on, such as `text/event-stream`: the caller reads its body. */
  open(path: string, request?: GatewayRequest): Promise<Response>;
}

/**
 * A client of the gateway at an address.
 *
 * Every call throws PROCOS_CLI_UNREACHABLE when nothing answers, PROCOS_CLI_NOT_A_GATEWAY when something else does,
 * the service's own error for an error answer, and an AbortError once the given signal is aborted.
 */
export function createGatewayClient(address: GatewayAddress): GatewayClient {
  const call = async (method: Method, path: string, request: GatewayRequest = {}): Promise<unknown> => {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? 60_000);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
    const response = await send(address, method, path, { ...request, signal });
    return readJson(address, method, response);
  };
  return {
    address,
    get: async <Answer>(path: string, request?: GatewayRequest) => (await call('GET', path, request)) as Answer,
    post: async <Answer>(path: string, request?: GatewayRequest) => (await call('POST', path, request)) as Answer,
    delete: async <Answer>(path: string, request?: GatewayRequest) => (await call('DELETE', path, request)) as Answer,
    async open(path, request = {}) {
      const response = await send(address, 'GET', path, request);
      if (!response.ok) await readJson(address, 'GET', response);
      return response;
    },
  };
}

async function send(address: GatewayAddress, method: Method, path: string, request: GatewayRequest): Promise<Response> {
  const url = new URL(address.url + path);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const { body, headers, signal } = request;
  const init = {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (attempt === connectAttempts || !isConnectTimeout(error)) throw unreachable(address, error);
    }
  }
}

const connectAttempts = 3;

/** Nothing was sent. On a machine that is very busy the fault is our own: ten seconds have passed before we have looked. */
function isConnectTimeout(error: unknown): boolean {
  return codeOf(rootCause(error)) === 'UND_ERR_CONNECT_TIMEOUT';
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}

function unreachable(address: GatewayAddress, error: unknown): unknown {
  if (error instanceof Error && error.name === 'AbortError') return error;
  return errors.PROCOS_CLI_UNREACHABLE({ ...address, reason: reasonOf(error) }, error);
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const cause = rootCause(error);
  return codeOf(cause) === 'ECONNREFUSED' ? 'the connection was refused' : messageOf(cause);
}

async function readJson(address: GatewayAddress, method: Method, response: Response): Promise<unknown> {
  const text = await bodyOf(address, response);
  const body = jsonOf(text);
  if (response.ok && (text === '' || body !== undefined)) return body;
  const told = fromWireError(response.status, body);
  if (told !== undefined) throw new GatewayRefusal(told, body);
  if (response.ok || body === undefined) {
    throw errors.PROCOS_CLI_NOT_A_GATEWAY({ ...address, reason: `status ${response.status}, not JSON` });
  }
  const { pathname } = new URL(response.url);
  throw errors.PROCOS_CLI_REQUEST_FAILED({ method, url: address.url + pathname, status: response.status });
}

async function bodyOf(address: GatewayAddress, response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw unreachable(address, error);
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
