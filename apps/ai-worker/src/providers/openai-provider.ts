import type { Secret } from '@procos/config';
import { TerminalError } from '@procos/errors';
import type { AiProvider } from './ai-provider.ts';

export interface OpenaiOptions {
  readonly apiKey: Secret | undefined;
  readonly baseUrl: string;
  /** Asked when a request names none. */
  readonly model: string;
  /** Longest wait for a whole answer. */
  readonly timeoutMs: number;
  /** Largest answer. @default 2097152 */
  readonly maxBytes?: number;
}

/** OpenAI's chat completions, or any server that speaks them. */
export function createOpenaiProvider({ apiKey, maxBytes = 2_097_152, ...options }: OpenaiOptions): AiProvider {
  if (apiKey === undefined) return withoutKey;
  let chat: Promise<AiProvider['complete']> | undefined;
  return {
    name: 'openai',
    available: () => Promise.resolve({ available: true }),
    complete: async (request, lease) => {
      // Loaded with the first question: the SDK takes 0.3 s and 36 MB, which a worker that never asks OpenAI need not pay.
      chat ??= import('./openai-chat.ts').then(({ createOpenaiChat }) =>
        createOpenaiChat({ apiKey, maxBytes, ...options }),
      );
      const ask = await chat;
      return ask(request, lease);
    },
  };
}

const withoutKey: AiProvider = {
  name: 'openai',
  available: () =>
    Promise.resolve({ available: false, reason: 'OpenAI is not configured', remedy: 'Set OPENAI_API_KEY.' }),
  complete: () =>
    Promise.reject(
      new TerminalError('OpenAI API key not configured', { details: 'Set OPENAI_API_KEY for the AI worker.' }),
    ),
};
