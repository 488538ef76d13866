import type { AiProvider } from './ai-provider.ts';

const longestEcho = 300;

/** Answers without a network and without a model: the same question always gets the same answer, and the answer says what it is. */
export const offlineProvider: AiProvider = {
  name: 'offline',
  available: () => Promise.resolve({ available: true }),
  complete: ({ query }) =>
    Promise.resolve({
      content: [
        `No AI model was asked: this is the offline answer of ProcOS to "${shorten(query)}".`,
        'The question passed through the whole process; only the model is missing.',
        'For a real answer set OPENAI_API_KEY, or start Ollama and set OLLAMA_URL.',
      ].join(' '),
      model: 'none',
      finishReason: 'stop',
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    }),
};

function shorten(query: string): string {
  const characters = [...query.trim()];
  return characters.length <= longestEcho ? characters.join('') : `${characters.slice(0, longestEcho).join('')}…`;
}
