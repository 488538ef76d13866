import { Secret } from '@procos/config';
import type { AiAnswer, AiProvider } from '../providers/ai-provider.ts';
import { createOpenaiProvider } from '../providers/openai-provider.ts';
import { openStream } from './openai-wire.ts';
import { type Answer, startWireServer } from './wire-server.ts';

export const openaiKey = 'sk-canary-1234567890';
export const question = { query: 'What is a process?', maxTokens: 100, temperature: 0.7 };
/** The signal of a lease that does not end. */
export const never: AbortSignal = new AbortController().signal;

export function openaiAt(url: string, timeoutMs = 5_000): AiProvider {
  return createOpenaiProvider({
    apiKey: new Secret(openaiKey),
    baseUrl: `${url}/v1`,
    model: 'gpt-3.5-turbo',
    timeoutMs,
  });
}

/** Asks an OpenAI server that answers as told. */
export async function askOpenai(answer: Answer, timeoutMs?: number): Promise<AiAnswer> {
  await using server = await startWireServer(answer);
  // Awaited here: the server closes when this function returns.
  return await openaiAt(server.url, timeoutMs).complete(question, never);
}

/** Answers with these events and ends the stream. */
export function streams(events: string): Answer {
  return (_request, response) => {
    openStream(response);
    response.end(events);
  };
}
