import { isTransientStatus, messageOf, RetryableError, retryAfterMs, rootCause, TerminalError } from '@procos/errors';
import { redact } from '@procos/logging';

export interface JsonQuestion {
  /** @default 'POST' */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

export interface JsonAnswer {
  readonly status: number;
  /** `null` when the answer is no JSON. */
  readonly body: unknown;
}

/** Largest answer that is read, in bytes. */
const mostBytes = 5_242_880;
/** So much of what a service says with a failure is told, in characters. */
const longestSaid = 300;

/**
 * Asks an API that speaks JSON. Redirects are refused: they would carry credentials elsewhere.
 *
 * @throws RetryableError for the network, a time-out, a status that may pass ({@link isTransientStatus}), with the wait of `Retry-After`;
 * TerminalError for an answer that is too large
 */
export async function askJson(
  url: URL,
  { method = 'POST', headers = {}, body, signal }: JsonQuestion,
): Promise<JsonAnswer> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', ...type, ...headers },
      redirect: 'error',
      signal,
      ...content,
    });
    const { status } = response;
    if (isTransientStatus(status)) {
      const said = await saidBy(response);
      const wait = retryAfterMs(response.headers.get('retry-after'));
      throw new RetryableError(
        `${url.origin} answered ${status}${said === '' ? '' : `: ${said}`}`,
        wait === undefined ? {} : { retryAfterMs: wait },
      );
    }
    return { status, body: parsed(await textOf(response, url)) };
  } catch (thrown) {
    if (thrown instanceof RetryableError || thrown instanceof TerminalError) throw thrown;
    if (thrown instanceof Error && thrown.name === 'TimeoutError')
      throw new RetryableError(`${url.origin} did not answer in time`, { cause: thrown });
    throw new RetryableError(`${url.origin} cannot be reached: ${messageOf(rootCause(thrown))}`, { cause: thrown });
  }
}

/** The beginning of what a service says beside its status, on one line; it does not change what the status says. */
async function saidBy(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > longestSaid) break;
    }
  } catch {
    // What came before is told.
  }
  // A secret that was cut would not be known any more.
  return String(redact(text.replaceAll(/[\p{C}\s]+/gu, ' ').trim())).slice(0, longestSaid);
}

async function textOf(response: Response, { origin }: URL): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TerminalError(`${origin} answered with more than ${mostBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON: what that means is for the caller to say.
    return null;
  }
}
