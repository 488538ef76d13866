import { messageOf, rootCause } from '@procos/errors';
import type { ClientOptions } from './client-options.ts';

/** Words of an address or a header, by name; what is `undefined` is not sent. */
type Words = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a call hands over, whatever the operation. */
export interface Sent {
  readonly path?: Words | undefined;
  readonly query?: Words | undefined;
  readonly header?: Words | undefined;
  readonly body?: unknown;
}

/**
 * Sends a request.
 *
 * @throws the reason of an abort as it is, else what `errorOf` makes of it
 */
export async function send(
  { url: base, headers, fetch: given, errorOf }: ClientOptions & Required<Pick<ClientOptions, 'errorOf'>>,
  { method, path }: { readonly method: string; readonly path: string },
  { path: params = {}, query = {}, header = {}, body }: Sent,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const url = new URL(base + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name]))));
  for (const [name, value] of entriesOf(query)) url.searchParams.set(name, value);
  const init = {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...Object.fromEntries(entriesOf(header)),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (given ?? fetch)(url, init);
    } catch (error) {
      if (attempt === connectAttempts || !isConnectTimeout(error)) throw lost(base, error, errorOf);
    }
  }
}

const entriesOf = (given: Words): readonly (readonly [string, string])[] =>
  Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));

const connectAttempts = 3;

/** Nothing was sent. On a machine that is very busy the fault is our own: ten seconds have passed before we have looked. */
function isConnectTimeout(error: unknown): boolean {
  return codeOf(rootCause(error)) === 'UND_ERR_CONNECT_TIMEOUT';
}

function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}

/** What to throw when a connection fails or breaks: an abort stays what it is. */
export function lost(url: string, error: unknown, errorOf: Required<ClientOptions>['errorOf']): unknown {
  if (error instanceof Error && error.name === 'AbortError') return error;
  return errorOf({ kind: 'unreachable', url, reason: reasonOf(error), cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const cause = rootCause(error);
  return codeOf(cause) === 'ECONNREFUSED' ? 'the connection was refused' : messageOf(cause);
}
