import { RetryableError, TerminalError } from '@procos/errors';
import { request as httpRequest } from 'undici';
import { type AiAnswer, type AiProvider, type AiRequest, promptOf } from './ai-provider.ts';
import { mayPass, noAnswer, retryAfterMs, safeDetails, waiting } from './request-failure.ts';

export interface OllamaOptions {
  readonly url: string;
  readonly model: string;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** Longest wait for the list of models. @default 5000 */
  readonly checkTimeoutMs?: number;
}

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

/**
 * Ollama's own API. `stream: false` as the contract says: the server sends its answer in one piece with a length, so a cut
 * connection is seen as such, and `done` marks a whole answer.
 * Source: Ollama API reference, `POST /api/generate` and `GET /api/tags`.
 */
export function createOllamaProvider({ url, model: defaultModel, timeoutMs, checkTimeoutMs = 5_000 }: OllamaOptions): AiProvider {
  const models = async (signal: AbortSignal) => call(`${url}/api/tags`, AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]));
  return {
    name: 'ollama',
    available: async (signal) => {
      try {
        return (await models(signal)).status === 200;
      } catch {
        // Whatever the fault, the server cannot be asked now; only the end of the lease is somebody else's matter.
        signal.throwIfAborted();
        return false;
      }
    },
    complete: async (request, lease) => {
      const wait = waiting(lease, timeoutMs);
      const { model = defaultModel } = request;
      let answer: HttpAnswer;
      try {
        answer = await call(`${url}/api/generate`, wait.signal, bodyOf(request, model));
      } catch (thrown) {
        throw noAnswer('Ollama request error', thrown, wait);
      }
      if (answer.status !== 200) throw refusal(answer, model);
      return readAnswer(answer.text, model);
    },
  };
}

function bodyOf(request: AiRequest, model: string): object {
  const { systemPrompt, maxTokens, temperature } = request;
  return {
    model,
    prompt: promptOf(request),
    ...(systemPrompt === undefined ? {} : { system: systemPrompt }),
    stream: false,
    options: { num_predict: maxTokens, temperature },
  };
}

async function call(url: string, signal: AbortSignal, body?: object): Promise<HttpAnswer> {
  // Headers come only when the model has finished: the signal alone limits the time.
  const limits = { signal, headersTimeout: 0, bodyTimeout: 0 };
  const response = await httpRequest(
    url,
    body === undefined ? limits : { ...limits, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const text = await response.body.text();
  return { status: response.statusCode, text, header: (name) => [response.headers[name]].flat()[0] };
}

function refusal({ status, text, header }: HttpAnswer, model: string): Error {
  const details = `Status: ${status}, Response: ${text.trim()}`;
  if (mayPass(status)) {
    const wanted = retryAfterMs(header);
    return new RetryableError('Ollama request failed', { details: safeDetails(details), ...(wanted === undefined ? {} : { retryAfterMs: wanted }) });
  }
  const remedy = status === 404 ? `\nThe model may be missing on this server: run \`ollama pull ${model}\`, or set OLLAMA_MODEL to one that \`ollama list\` shows.` : '';
  return new TerminalError('Ollama request failed', { details: safeDetails(details) + remedy });
}

function readAnswer(text: string, requestedModel: string): AiAnswer {
  const result = parseObject(text);
  const { response, done, model, done_reason, total_duration, prompt_eval_count, eval_count } = result ?? {};
  if (typeof response !== 'string' || done !== true) {
    const what = result === undefined ? 'The answer is no JSON object' : typeof response === 'string' ? 'The answer is not done' : 'The answer holds no response';
    throw new RetryableError('Ollama request failed', { details: safeDetails(`${what}. Status: 200, Response: ${text.trim()}`) });
  }
  return {
    content: response,
    model: typeof model === 'string' ? model : requestedModel,
    finishReason: typeof done_reason === 'string' ? done_reason : 'stop',
    ...(typeof total_duration === 'number' ? { totalDurationNs: total_duration } : {}),
    ...(typeof eval_count === 'number' ? { usage: countsOf(typeof prompt_eval_count === 'number' ? prompt_eval_count : 0, eval_count) } : {}),
  };
}

/** Ollama leaves out the count of a prompt that it had in its cache. */
function countsOf(prompt: number, completion: number) {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Not JSON: the caller tells it with the text.
    return undefined;
  }
}
