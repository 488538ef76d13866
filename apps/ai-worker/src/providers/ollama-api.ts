import { request as httpRequest } from 'undici';
import { answerTooLarge } from './bounded-fetch.ts';

export interface OllamaAnswer {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

export interface OllamaCall {
  readonly signal: AbortSignal;
  /** Sent as JSON by POST; a GET without. */
  readonly body?: object;
  /** Largest answer. */
  readonly maxBytes: number;
}

/** One request to a server of Ollama. @throws TerminalError for an answer over the limit, what the network fails with */
export async function callOllama(url: string, { signal, body, maxBytes }: OllamaCall): Promise<OllamaAnswer> {
  // Headers come only when the model has finished: the signal alone limits the time.
  const limits = { signal, headersTimeout: 0, bodyTimeout: 0 };
  const response = await httpRequest(
    url,
    body === undefined
      ? limits
      : { ...limits, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw answerTooLarge('Ollama', maxBytes);
    chunks.push(chunk);
  }
  return {
    status: response.statusCode,
    text: Buffer.concat(chunks).toString('utf8'),
    header: (name) => [response.headers[name]].flat()[0],
  };
}

/** A JSON object; `undefined` for anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Not JSON: the caller tells it with the text.
    return undefined;
  }
}
