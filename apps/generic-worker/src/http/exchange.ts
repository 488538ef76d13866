import { isTransientStatus } from '@procos/errors';
import type { Dispatcher } from 'undici';
import { decodeText } from './decode-text.ts';
import { asOutcome, cutOff, httpRefused, tryLater } from './http-failures.ts';
import { acceptedEncodings, decompressed, readBody } from './read-body.ts';
import { parseJsonBody } from './json-body.ts';

export interface HttpCall {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  /** The body, decompressed. */
  readonly bytes: Buffer;
  readonly text: string;
  /** `null` when the answer is no JSON. */
  readonly json: unknown;
  /** Why an answer that says it is JSON has none. */
  readonly jsonError: string | null;
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  /** Largest answer in bytes, compressed or not. */
  readonly maxBytes: number;
  /** Redirects followed; each is judged like the first request. */
  readonly maxRedirects: number;
}

/** So much of what a server says with a failure is read, in bytes. */
const mostSaid = 65_536;

/** Headers that may follow a redirect to another origin: they say nothing about who asks. */
const harmlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'content-type',
  'user-agent',
  'accept-encoding',
  'traceparent',
]);

/**
 * Sends a request and reads the whole answer, following redirects.
 *
 * @throws BpmnError HTTP_REFUSED, RetryableError for what may pass, TerminalError
 */
export async function exchange(call: HttpCall, options: ExchangeOptions): Promise<HttpAnswer> {
  let current = call;
  for (let redirects = 0; ; redirects++) {
    const { answer, location } = await sendOnce(current, options);
    if (location === undefined || options.maxRedirects === 0) return answer;
    if (redirects === options.maxRedirects)
      throw httpRefused(`it was redirected more than ${options.maxRedirects} times`);
    current = redirected(current, answer.statusCode, location);
  }
}

/** Refuses what is no address of a web server. @throws BpmnError HTTP_REFUSED */
export function webUrl(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw httpRefused('the URL is not valid');
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw httpRefused(`the scheme ${url.protocol} is not http or https`);
  if (url.username !== '' || url.password !== '') throw httpRefused('the URL holds a user name or password');
  url.hash = '';
  return url;
}

async function sendOnce(
  call: HttpCall,
  { dispatcher, signal, maxBytes }: ExchangeOptions,
): Promise<{ answer: HttpAnswer; location: string | undefined }> {
  const { origin, pathname, search } = call.url;
  try {
    const response = await dispatcher.request({
      origin,
      path: `${pathname}${search}`,
      method: call.method,
      headers: { 'accept-encoding': acceptedEncodings, 'user-agent': 'ProcOS', ...call.headers },
      body: call.body,
      signal,
    });
    const headers = flatHeaders(response.headers);
    const location = [301, 302, 303, 307, 308].includes(response.statusCode) ? headers['location'] : undefined;
    const contentType = headers['content-type'] ?? '';
    const encoding = call.method === 'HEAD' ? '' : (headers['content-encoding'] ?? '');
    if (isTransientStatus(response.statusCode)) {
      const said = await excerpt(response.body, encoding, origin);
      throw tryLater(origin, response.statusCode, {
        retryAfter: headers['retry-after'],
        said: decodeText(said, contentType),
      });
    }
    const bytes = await decompressed(await orCutOff(readBody(response.body, maxBytes), origin), encoding, {
      origin,
      maxBytes,
    });
    const text = decodeText(bytes, contentType);
    return {
      answer: { statusCode: response.statusCode, headers, bytes, text, ...parseJsonBody(text, contentType) },
      location,
    };
  } catch (thrown) {
    throw asOutcome(thrown, origin);
  }
}

/** The server has begun to answer: it could be reached. */
async function orCutOff(reading: Promise<Buffer>, origin: string): Promise<Buffer> {
  try {
    return await reading;
  } catch (thrown) {
    throw cutOff(thrown, origin);
  }
}

/** What a server says beside its status, as far as it can be read: it does not change what the status says. */
async function excerpt(body: Dispatcher.ResponseData['body'], encoding: string, origin: string): Promise<Buffer> {
  try {
    return await decompressed(await readBody(body, mostSaid), encoding, { origin, maxBytes: mostSaid });
  } catch {
    return Buffer.alloc(0);
  }
}

/** Cookies are left out: they would be secrets among the variables. */
function flatHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && name !== 'set-cookie' && name !== '__proto__')
      .map(([name, value]) => [
        name,
        [value]
          .flat()
          .map((one) => textOfHeader(String(one)))
          .join(','),
      ]),
  );
}

/** Header bytes are UTF-8 where they can be, as browsers take them, else Latin-1. Source: RFC 9110, 5.5. */
function textOfHeader(value: string): string {
  // eslint-disable-next-line no-control-regex -- what is looked for are bytes
  if (!/[\u0080-\u00ff]/.test(value) || /[^\u0000-\u00ff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    // The decoder says no more than that it failed.
    return value;
  }
}

/** The next request of a redirect. Source: Fetch standard, HTTP-redirect fetch; stricter about what other origins get. */
function redirected(call: HttpCall, statusCode: number, location: string): HttpCall {
  const url = webUrl(location, call.url);
  if (call.url.protocol === 'https:' && url.protocol === 'http:')
    throw httpRefused('it was redirected from https to http');
  const becomesGet =
    (statusCode === 303 && call.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && call.method === 'POST');
  const sameOrigin = url.origin === call.url.origin;
  const headers = Object.entries(call.headers).filter(
    ([name]) =>
      (sameOrigin || harmlessHeaders.has(name)) &&
      !(becomesGet && (name === 'content-type' || name === 'idempotency-key')),
  );
  return {
    method: becomesGet ? 'GET' : call.method,
    url,
    headers: Object.fromEntries(headers),
    body: becomesGet ? null : call.body,
  };
}
