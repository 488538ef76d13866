import { RetryableError, TerminalError } from '@procos/errors';
import { type AiAnswer, type AiProvider, type AiRequest, promptOf } from './ai-provider.ts';
import { callOllama, type OllamaAnswer, parseObject } from './ollama-api.ts';
import type { PullStateOf } from './ollama-pull.ts';
import { checkNotCut, contextFor, fitsEverywhere, looksFilled, tokensNeeded } from './ollama-context.ts';
import { createOllamaModels, type ModelContext, type OllamaModels } from './ollama-models.ts';
import { mayPass, noAnswer, safeDetails, waiting, wantedWaitMs } from './request-failure.ts';
import { withText } from './whole-answer.ts';

export interface OllamaOptions {
  readonly url: string;
  readonly model: string;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** Longest wait for the list of models. @default 5000 */
  readonly checkTimeoutMs?: number;
  /** Largest answer. @default 2097152 */
  readonly maxBytes?: number;
  /** What is said of a model that is being pulled. @default that none is */
  readonly pullStateOf?: PullStateOf | undefined;
}

/** A model of some gigabytes takes minutes. */
const pullWaitMs = 60_000;
const nothingKnown: ModelContext = { length: undefined, configured: undefined };

/**
 * Ollama's own API. `stream: false` as the contract says: the server sends its answer in one piece with a length, so a cut
 * connection is seen as such, and `done` marks a whole answer.
 * Source: Ollama API reference, `POST /api/generate`, `POST /api/show` and `GET /api/tags`.
 */
export function createOllamaProvider({
  url,
  model: defaultModel,
  timeoutMs,
  checkTimeoutMs = 5_000,
  maxBytes = 2_097_152,
  pullStateOf = () => undefined,
}: OllamaOptions): AiProvider {
  const models = createOllamaModels(url, checkTimeoutMs);
  return {
    name: 'ollama',
    available: async (signal, model = defaultModel) => {
      const availability = await models.availability(model, signal);
      const state = pullStateOf(model);
      return availability.available || state === undefined
        ? availability
        : { available: false, reason: `${availability.reason}: ${state}`, remedy: 'Ask again when it is there.' };
    },
    complete: async (request, lease) => {
      const wait = waiting(lease, timeoutMs);
      const { model = defaultModel } = request;
      try {
        return await ask(request, model, { url, maxBytes, models, pullStateOf, signal: wait.signal });
      } catch (thrown) {
        throw thrown instanceof RetryableError || thrown instanceof TerminalError
          ? thrown
          : noAnswer('Ollama request error', thrown, wait);
      }
    },
  };
}

interface Server {
  readonly url: string;
  readonly maxBytes: number;
  readonly models: OllamaModels;
  readonly pullStateOf: PullStateOf;
  readonly signal: AbortSignal;
}

async function ask(request: AiRequest, model: string, server: Server): Promise<AiAnswer> {
  const { url, maxBytes, models, signal } = server;
  const tokens = tokensNeeded(promptOf(request), request);
  const context = fitsEverywhere(tokens) ? nothingKnown : await models.contextOf(model, signal);
  const asked = contextFor(tokens, context);
  const answer = await callOllama(`${url}/api/generate`, { signal, body: bodyOf(request, model, asked), maxBytes });
  if (answer.status !== 200) throw await refusal(answer, model, server);
  const read = readAnswer(answer.text, model, request);
  const promptTokens = read.usage?.prompt_tokens ?? 0;
  const known = context === nothingKnown && looksFilled(promptTokens) ? await models.contextOf(model, signal) : context;
  checkNotCut(promptTokens, asked, known, model);
  return read;
}

function bodyOf(request: AiRequest, model: string, context: number | undefined): object {
  const { systemPrompt, maxTokens, temperature } = request;
  return {
    model,
    prompt: promptOf(request),
    ...(systemPrompt === undefined ? {} : { system: systemPrompt }),
    stream: false,
    options: { num_predict: maxTokens, temperature, ...(context === undefined ? {} : { num_ctx: context }) },
  };
}

async function refusal(
  { status, text, header }: OllamaAnswer,
  model: string,
  { models, pullStateOf, signal }: Server,
): Promise<Error> {
  const pullState = status === 404 ? pullStateOf(model) : undefined;
  if (pullState !== undefined) {
    return new RetryableError('Ollama request failed', {
      details: `The model ${model} is not there yet: ${pullState}.`,
      retryAfterMs: pullWaitMs,
    });
  }
  const details = `Status: ${status}, Response: ${text.trim()}`;
  if (mayPass(status)) {
    const wanted = wantedWaitMs(header);
    return new RetryableError('Ollama request failed', {
      details: safeDetails(details),
      ...(wanted === undefined ? {} : { retryAfterMs: wanted }),
    });
  }
  return new TerminalError('Ollama request failed', {
    details: safeDetails(details) + (status === 404 ? await remedyOf(model, models, signal) : ''),
  });
}

async function remedyOf(model: string, models: OllamaModels, signal: AbortSignal): Promise<string> {
  const availability = await models.availability(model, signal);
  if (!availability.available && availability.remedy !== undefined)
    return `\n${availability.reason}. ${availability.remedy}`;
  return `\nThe model may be missing on this server: run \`ollama pull ${model}\`, or set OLLAMA_MODEL to one that \`ollama list\` shows.`;
}

function readAnswer(text: string, requestedModel: string, { maxTokens }: AiRequest): AiAnswer {
  const result = parseObject(text);
  const { response, done, model, done_reason, thinking, total_duration, prompt_eval_count, eval_count } = result ?? {};
  if (typeof response !== 'string' || done !== true) {
    const what =
      result === undefined
        ? 'The answer is no JSON object'
        : typeof response === 'string'
          ? 'The answer is not done'
          : 'The answer holds no response';
    throw new RetryableError('Ollama request failed', {
      details: safeDetails(`${what}. Status: 200, Response: ${text.trim()}`),
    });
  }
  if (response === '' && (done_reason === 'load' || done_reason === 'unload')) {
    throw new RetryableError('Ollama request failed', {
      details: `The server has only ${done_reason}ed the model ${requestedModel}, and has not asked it.`,
      retryAfterMs: 1_000,
    });
  }
  const answer = {
    content: response,
    model: typeof model === 'string' ? model : requestedModel,
    finishReason: typeof done_reason === 'string' ? done_reason : 'stop',
    ...(typeof total_duration === 'number' ? { totalDurationNs: total_duration } : {}),
    ...(typeof eval_count === 'number'
      ? { usage: countsOf(typeof prompt_eval_count === 'number' ? prompt_eval_count : 0, eval_count) }
      : {}),
  };
  return withText(answer, {
    provider: 'Ollama',
    maxTokens,
    hasThought: typeof thinking === 'string' && thinking !== '',
  });
}

/** Ollama leaves out the count of a prompt that it had in its cache. */
function countsOf(prompt: number, completion: number) {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
