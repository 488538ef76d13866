import type { Secret } from '@procos/config';
import { RetryableError } from '@procos/errors';
import { OpenAI } from 'openai';
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import { type AiAnswer, type AiProvider, type AiRequest, promptOf } from './ai-provider.ts';
import { answerTooLarge, boundedFetch } from './bounded-fetch.ts';
import { isApiError, openaiFailure, refused } from './openai-failure.ts';
import { adaptedBody, type Cause, type ChatBody, refusedParameter } from './request-form.ts';
import { waiting } from './request-failure.ts';
import { withText } from './whole-answer.ts';

export interface OpenaiChatOptions {
  readonly apiKey: Secret;
  readonly baseUrl: string;
  /** Asked when a request names none. */
  readonly model: string;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** Largest answer. */
  readonly maxBytes: number;
}

type Chunks = AsyncIterable<ChatCompletionChunk>;

/** Models whose wishes are remembered. */
const mostModels = 200;

/**
 * One question by chat completion through the SDK. The answer is streamed, so that a cut connection is seen at once and a
 * partial answer can be told from a whole one; a server that does not stream is asked for it in one piece.
 */
export function createOpenaiChat(options: OpenaiChatOptions): AiProvider['complete'] {
  const client = createClient(options);
  const known = new Map<string, Set<Cause>>();
  return async (request, lease) => {
    const wait = waiting(lease, options.timeoutMs);
    const body = bodyOf(request, options.model);
    try {
      const answer = await ask(client, body, causesOf(known, body.model), wait.signal);
      const read = Symbol.asyncIterator in answer ? await readChunks(answer, options.maxBytes) : piecesOf(answer);
      // The SDK ends its loop without a word when the request is aborted.
      wait.signal.throwIfAborted();
      return wholeAnswer(read, request, body.model);
    } catch (thrown) {
      throw openaiFailure(thrown, wait);
    }
  };
}

/** What the SDK would otherwise take from the environment is given: settings come from the worker's configuration alone. */
function createClient({ apiKey, baseUrl, timeoutMs, maxBytes }: OpenaiChatOptions): OpenAI {
  return new OpenAI({
    apiKey: apiKey.reveal(),
    baseURL: baseUrl,
    timeout: timeoutMs,
    fetch: boundedFetch(maxBytes),
    // The engine tries again; a retry in here would be hidden from it.
    maxRetries: 0,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: 'off',
  });
}

function bodyOf(request: AiRequest, defaultModel: string): ChatCompletionCreateParamsStreaming {
  const { systemPrompt, model = defaultModel, maxTokens, temperature } = request;
  return {
    model,
    messages: [
      ...(systemPrompt === undefined ? [] : [{ role: 'system' as const, content: systemPrompt }]),
      { role: 'user', content: promptOf(request) },
    ],
    max_tokens: maxTokens,
    temperature,
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** What a model has refused before is not sent to it again. */
function causesOf(known: Map<string, Set<Cause>>, model: string): Set<Cause> {
  const causes = known.get(model) ?? new Set();
  known.delete(model);
  if (known.size >= mostModels) known.delete(known.keys().next().value ?? '');
  known.set(model, causes);
  return causes;
}

/** Some models and servers refuse a parameter by its name (nothing is billed): asked again in their way, once for each. */
async function ask(
  client: OpenAI,
  body: ChatBody,
  causes: Set<Cause>,
  signal: AbortSignal,
): Promise<Chunks | ChatCompletion> {
  const adapted = adaptedBody(body, causes);
  try {
    return await client.chat.completions.create(adapted, { signal });
  } catch (thrown) {
    const cause = isApiError(thrown) ? refusedParameter(thrown, adapted) : undefined;
    if (cause === undefined || causes.has(cause)) throw thrown;
    causes.add(cause);
    return ask(client, body, causes, signal);
  }
}

/** What an answer consists of, in one piece or in many. */
interface Pieces {
  content: string;
  refusal: string;
  thinking: boolean;
  tools: string[];
  model: string | undefined;
  finishReason: string | undefined;
  usage: ChatCompletion['usage'] | null;
}

type Message = {
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly tool_calls?: readonly unknown[] | null;
  readonly reasoning_content?: unknown;
  readonly reasoning?: unknown;
};

function emptyPieces(): Pieces {
  return {
    content: '',
    refusal: '',
    thinking: false,
    tools: [],
    model: undefined,
    finishReason: undefined,
    usage: undefined,
  };
}

/** Servers that imitate the API leave out fields that the types promise. */
function add(pieces: Pieces, message: Message | undefined): void {
  pieces.content += message?.content ?? '';
  pieces.refusal += message?.refusal ?? '';
  pieces.thinking ||= Boolean(message?.reasoning_content ?? message?.reasoning);
  for (const call of (message?.tool_calls ?? []) as readonly { readonly function?: { readonly name?: unknown } }[]) {
    if (typeof call.function?.name === 'string' && call.function.name !== '') pieces.tools.push(call.function.name);
  }
}

async function readChunks(chunks: Chunks, maxBytes: number): Promise<Pieces> {
  const pieces = emptyPieces();
  for await (const chunk of chunks) {
    const choice = chunk.choices?.[0];
    add(pieces, choice?.delta);
    pieces.model = chunk.model ?? pieces.model;
    pieces.finishReason = choice?.finish_reason ?? pieces.finishReason;
    pieces.usage = chunk.usage ?? pieces.usage;
    if (pieces.content.length + pieces.refusal.length > maxBytes) throw answerTooLarge('OpenAI', maxBytes);
  }
  return pieces;
}

function piecesOf(completion: ChatCompletion): Pieces {
  const pieces = emptyPieces();
  const choice = completion.choices?.[0];
  add(pieces, choice?.message);
  return Object.assign(pieces, {
    model: completion.model,
    finishReason: choice?.finish_reason,
    usage: completion.usage,
  });
}

function wholeAnswer(
  { content, refusal, thinking, tools, model, finishReason, usage }: Pieces,
  { maxTokens }: AiRequest,
  asked: string,
): AiAnswer {
  if (refusal !== '' || finishReason === 'content_filter')
    throw refused(refusal === '' ? 'the content filter stopped the answer' : refusal);
  if (finishReason === undefined || finishReason === null)
    throw new RetryableError('OpenAI request error', { details: 'The answer broke off before its end' });
  const answer = { content, model: model ?? asked, finishReason, ...(usage ? { usage: countsOf(usage) } : {}) };
  return withText(answer, {
    provider: 'OpenAI',
    maxTokens,
    tools,
    hasThought: thinking || (usage?.completion_tokens_details?.reasoning_tokens ?? 0) > 0,
  });
}

function countsOf({ prompt_tokens, completion_tokens, total_tokens }: NonNullable<ChatCompletion['usage']>) {
  return { prompt_tokens, completion_tokens, total_tokens };
}
