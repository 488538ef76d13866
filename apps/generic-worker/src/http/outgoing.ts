import { messageOf, TerminalError } from '@procos/errors';
import { parseJson } from '@procos/json';
import type { TaskContext } from '@procos/task-worker';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Headers that belong to the connection, not to the request. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'accept-encoding',
  'proxy-authorization',
  'proxy-connection',
]);
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** An object, or the JSON text of one, as a model gives it. @throws TerminalError */
export function namedValues(given: unknown, parameter: string): Readonly<Record<string, unknown>> {
  let value: unknown = given ?? {};
  try {
    if (typeof value === 'string') value = parseJson(value);
  } catch (thrown) {
    throw new TerminalError(`The parameter ${parameter} is no JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TerminalError(`The parameter ${parameter} must be an object.`);
  return value as Readonly<Record<string, unknown>>;
}

/** Checked request headers, names in lower case. @throws TerminalError naming the header, never its value */
export function requestHeaders(given: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [givenName, value] of Object.entries(namedValues(given, 'headers'))) {
    const name = givenName.toLowerCase();
    if (value === null || value === undefined) continue;
    if (!headerName.test(name)) throw new TerminalError(`${JSON.stringify(givenName)} is no name of a header.`);
    if (ownHeaders.has(name)) throw new TerminalError(`The header ${name} is set by the worker itself.`);
    const text = scalar(value);
    if (text === undefined || !headerValue.test(text))
      throw new TerminalError(`The value of the header ${name} cannot be sent.`);
    headers[name] = text;
  }
  return headers;
}

/** The URL with more query parameters; a list gives its name several times. @throws TerminalError */
export function withParams(url: URL, params: unknown, parameter = 'params'): URL {
  const result = new URL(url);
  for (const [name, value] of Object.entries(namedValues(params, parameter))) {
    for (const item of [value].flat()) {
      if (item === null || item === undefined) continue;
      const text = scalar(item);
      if (text === undefined) throw new TerminalError(`The query parameter ${name} is no text, number or truth value.`);
      result.searchParams.append(name, text);
    }
  }
  return result;
}

/**
 * Headers that say which task asks. The key is the same for every attempt, so that a server that knows it does the work
 * once. Source: W3C Trace Context; IETF draft "The Idempotency-Key HTTP Header Field".
 */
export function requestIdentity(method: string, { lease, traceparent }: TaskContext): Record<string, string> {
  return {
    ...(traceparent === '' ? {} : { traceparent }),
    ...(safeMethods.has(method) ? {} : { 'idempotency-key': lease.idempotencyKey }),
  };
}

/** A value as text; `undefined` for what is none. */
export function scalar(value: unknown): string | undefined {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean'
    ? String(value)
    : undefined;
}
