import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import type { APIError } from 'openai';
import { isNotTaken, namedIn } from './provider-sentences.ts';

export type ChatBody = ChatCompletionCreateParamsStreaming | ChatCompletionCreateParamsNonStreaming;

/** A parameter that some servers do not take, the surest to be found first. */
const causes = ['stream_options', 'max_tokens', 'temperature', 'stream'] as const;
export type Cause = (typeof causes)[number];

/** Which parameter a server has refused; `undefined` when it is about something else. Nothing is billed for such an answer. */
export function refusedParameter({ status, param, code, error, message }: APIError, body: ChatBody): Cause | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const sent = causes.filter((cause) => cause in body);
  const byName = sent.find((cause) => cause === param);
  const text = `${String(code)} ${JSON.stringify(error ?? message)}`;
  if (!isNotTaken(text)) return undefined;
  return byName ?? (param === undefined || param === null ? namedIn(text, sent) : undefined);
}

/** The request without what a server does not take, or with its other name. */
export function adaptedBody(body: ChatBody, causesMet: Iterable<Cause>): ChatBody {
  let adapted: ChatBody = body;
  for (const cause of causesMet) adapted = without(adapted, cause);
  return adapted;
}

function without(body: ChatBody, cause: Cause): ChatBody {
  const { [cause]: value, ...rest } = body;
  if (cause === 'stream') {
    const { stream_options: _, ...plain } = rest as ChatCompletionCreateParamsStreaming;
    return { ...plain, stream: false };
  }
  return cause === 'max_tokens' && typeof value === 'number' ? { ...rest, max_completion_tokens: value } : rest;
}
