import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions';
import type { APIError } from 'openai';

export type ChatBody = ChatCompletionCreateParamsStreaming | ChatCompletionCreateParamsNonStreaming;

/** A parameter that some servers do not take, the surest to be found first. */
const causes = ['stream_options', 'max_tokens', 'temperature', 'stream'] as const;
export type Cause = (typeof causes)[number];

/** Words of servers that do not take a parameter, other than of those that do not like its value. */
const notTaken =
  /extra[_ ]?(?:fields?|forbidden|inputs)|unsupported|not (?:be )?(?:known|supported|permitted|allowed|recogni[sz]ed|accepted|available)|unknown|unrecogni[sz]ed|unexpected|instead|does ?n[o']t support|may not/i;

/** Which parameter a server has refused; `undefined` when it is about something else. Nothing is billed for such an answer. */
export function refusedParameter({ status, param, code, error, message }: APIError, body: ChatBody): Cause | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const sent = causes.filter((cause) => cause in body);
  const byName = sent.find((cause) => cause === param);
  const text = `${String(code)} ${JSON.stringify(error ?? message)}`;
  if (!notTaken.test(text)) return undefined;
  return (
    byName ??
    (param === undefined || param === null
      ? sent.find((cause) => new RegExp(`(?<![\\w-])${cause}(?![\\w-])`).test(text))
      : undefined)
  );
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
