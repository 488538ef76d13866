import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const model = 'gpt-3.5-turbo-0125';

function chunk(choices: readonly unknown[], usage: unknown = null): string {
  const envelope = {
    id: 'chatcmpl-9vVZ',
    object: 'chat.completion.chunk',
    created: 1_735_000_000,
    model,
    service_tier: 'default',
    system_fingerprint: 'fp_44709d6fcb',
  };
  return `data: ${JSON.stringify({ ...envelope, choices, usage })}\n\n`;
}

/** One piece of the answer, as the event stream carries it. */
export function piece(delta: Record<string, unknown>, finishReason: string | null = null): string {
  return chunk([{ index: 0, delta, logprobs: null, finish_reason: finishReason }]);
}

const usageChunk = chunk([], {
  prompt_tokens: 9,
  completion_tokens: 12,
  total_tokens: 21,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});
export const done = 'data: [DONE]\n\n';

/** The whole stream of an answer made of these words. */
export function answerStream(words: readonly string[], finishReason = 'stop'): string {
  return [
    piece({ role: 'assistant', content: '', refusal: null }),
    ...words.map((content) => piece({ content })),
    piece({}, finishReason),
    usageChunk,
    done,
  ].join('');
}

export function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_1' });
}

/** Sends a stream in slices of a few bytes, so that events, lines and letters are cut anywhere. */
export async function sendInSlices(response: ServerResponse, stream: string, size: number): Promise<void> {
  openStream(response);
  const bytes = Buffer.from(stream);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    if (at % (size * 20) === 0) await delay(1);
  }
  response.end();
}

/** Error bodies as the API sends them. */
export const openaiErrors = {
  invalidKey: (key: string) => ({
    error: {
      message: `Incorrect API key provided: ${key}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  }),
  rateLimit: {
    error: {
      message:
        'Rate limit reached for gpt-3.5-turbo in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    },
  },
  quota: {
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    },
  },
  server: {
    error: {
      message: 'The server had an error while processing your request. Sorry about that!',
      type: 'server_error',
      param: null,
      code: null,
    },
  },
  noModel: {
    error: {
      message: 'The model `gpt-9` does not exist or you do not have access to it.',
      type: 'invalid_request_error',
      param: null,
      code: 'model_not_found',
    },
  },
  contentFilter: {
    error: {
      message: 'The response was filtered due to the prompt triggering the content management policy.',
      type: 'invalid_request_error',
      param: 'prompt',
      code: 'content_filter',
    },
  },
  unsupported: (param: string, code: string) => ({
    error: {
      message: `Unsupported: '${param}' is not supported with this model.`,
      type: 'invalid_request_error',
      param,
      code,
    },
  }),
} as const;
