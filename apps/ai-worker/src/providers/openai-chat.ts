import type { Secret } from '@procos/config';
import { RetryableError } from '@procos/errors';
import { BadRequestError, OpenAI } from 'openai';
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { type AiAnswer, type AiProvider, type AiRequest, promptOf } from './ai-provider.ts';
import { openaiFailure, refused } from './openai-failure.ts';
import { waiting } from './request-failure.ts';

export interface OpenaiChatOptions {
  readonly apiKey: Secret;
  readonly baseUrl: string;
  /** Asked when a request names none. */
  readonly model: string;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
}

type Body = ChatCompletionCreateParamsStreaming;
type Chunks = AsyncIterable<ChatCompletionChunk>;

/**
 * One question by chat completion through the SDK. The answer is streamed, so that a cut connection is seen at once and a
 * partial answer can be told from a whole one.
 */
export function createOpenaiChat(options: OpenaiChatOptions): AiProvider['complete'] {
  const client = createClient(options);
  return async (request, lease) => {
    const wait = waiting(lease, options.timeoutMs);
    const body = bodyOf(request, options.model);
    try {
      const chunks = await createStream(client, body, wait.signal);
      return await readAnswer(chunks, body.model, wait.signal);
    } catch (thrown) {
      throw openaiFailure(thrown, wait);
    }
  };
}

/** What the SDK would otherwise take from the environment is given: settings come from the worker's configuration alone. */
function createClient({ apiKey, baseUrl, timeoutMs }: OpenaiChatOptions): OpenAI {
  return new OpenAI({
    apiKey: apiKey.reveal(),
    baseURL: baseUrl,
    timeout: timeoutMs,
    // The engine tries again; a retry in here would be hidden from it.
    maxRetries: 0,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    logLevel: 'off',
  });
}

function bodyOf(request: AiRequest, defaultModel: string): Body {
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

/** Newer models refuse `max_tokens` and a temperature by name (status 400, nothing is billed): asked again in their way. */
async function createStream(client: OpenAI, body: Body, signal: AbortSignal): Promise<Chunks> {
  try {
    return await client.chat.completions.create(body, { signal });
  } catch (thrown) {
    const adapted = thrown instanceof BadRequestError ? withoutParameter(body, thrown) : undefined;
    if (adapted === undefined) throw thrown;
    return createStream(client, adapted, signal);
  }
}

function withoutParameter(body: Body, { code, param }: BadRequestError): Body | undefined {
  if (code !== 'unsupported_parameter' && code !== 'unsupported_value') return undefined;
  const { max_tokens: maxTokens, temperature, ...rest } = body;
  if (param === 'max_tokens' && typeof maxTokens === 'number') return { ...rest, temperature, max_completion_tokens: maxTokens };
  if (param === 'temperature' && typeof temperature === 'number') return { ...rest, max_tokens: maxTokens };
  return undefined;
}

async function readAnswer(chunks: Chunks, requestedModel: string, signal: AbortSignal): Promise<AiAnswer> {
  let content = '';
  let refusal = '';
  let model = requestedModel;
  let finishReason: string | undefined;
  let usage: ChatCompletionChunk['usage'];
  for await (const chunk of chunks) {
    // Servers that imitate the API leave out fields that the types promise.
    const choice = chunk.choices?.[0];
    content += choice?.delta?.content ?? '';
    refusal += choice?.delta?.refusal ?? '';
    model = chunk.model ?? model;
    finishReason = choice?.finish_reason ?? finishReason;
    usage = chunk.usage ?? usage;
  }
  // The SDK ends the loop without a word when the request is aborted.
  signal.throwIfAborted();
  if (refusal !== '' || finishReason === 'content_filter') throw refused(refusal === '' ? 'the content filter stopped the answer' : refusal);
  if (finishReason === undefined) throw new RetryableError('OpenAI request error', { details: 'The answer broke off before its end' });
  return { content, model, finishReason, ...(usage ? { usage: countsOf(usage) } : {}) };
}

function countsOf({ prompt_tokens, completion_tokens, total_tokens }: NonNullable<ChatCompletionChunk['usage']>) {
  return { prompt_tokens, completion_tokens, total_tokens };
}
