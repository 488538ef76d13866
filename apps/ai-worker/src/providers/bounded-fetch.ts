import { TerminalError } from '@procos/errors';

/** So much larger than the text in it may a stream of events be. */
const eventOverhead = 32;

/** What an answer may not be, and where the limit is set. */
export function answerTooLarge(provider: string, maxBytes: number): TerminalError {
  return new TerminalError(`The answer of ${provider} is larger than ${maxBytes} bytes`, {
    details: 'The limit is PROCOS_AI_MAX_BYTES; max_tokens asks for a shorter answer.',
  });
}

/**
 * `fetch` for the SDK: what a server says in an error of any form stays readable, and no answer is read without end.
 *
 * @param maxBytes largest answer; a stream of events may be several times as large
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const { status, statusText, headers } = response;
    if (!response.ok)
      return new Response(inOneForm(await textOf(response, maxBytes)), {
        status,
        statusText,
        headers: withoutLength(headers),
      });
    const isStream = headers.get('content-type')?.includes('text/event-stream') === true;
    return new Response(
      response.body === null
        ? null
        : response.body.pipeThrough(limited(isStream ? maxBytes * eventOverhead : maxBytes, maxBytes)),
      { status, statusText, headers: withoutLength(headers) },
    );
  };
}

function limited(limit: number, stated: number): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.length;
      if (size > limit) controller.error(answerTooLarge('OpenAI', stated));
      else controller.enqueue(chunk);
    },
  });
}

async function textOf(response: Response, maxBytes: number): Promise<string> {
  const bytes: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(bytes).subarray(0, maxBytes).toString();
}

/** The body is another one now: neither its length nor its coding is that of the server. */
function withoutLength(headers: Headers): Headers {
  const rest = new Headers(headers);
  rest.delete('content-length');
  rest.delete('content-encoding');
  return rest;
}

/** Servers that imitate the API put their error at the top, or under other names; the SDK would drop it. */
function inOneForm(text: string): string {
  try {
    const body = JSON.parse(text) as { readonly error?: unknown } | null;
    if (typeof body !== 'object' || body === null) return text;
    if (typeof body.error === 'object' && body.error !== null) return text;
    return JSON.stringify({ error: typeof body.error === 'string' ? { ...body, message: body.error } : body });
  } catch {
    // No JSON: the SDK tells it as it is.
    return text;
  }
}
