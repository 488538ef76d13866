import { TerminalError } from '@procos/errors';
import type { AiRequest } from './ai-provider.ts';
import type { ModelContext } from './ollama-models.ts';

/** The smallest context that servers give a model by default, in tokens. Source: Ollama FAQ, and 2,048 in older versions. */
const smallestDefault = 2_048;
const smallestAsked = 4_096;
/** Written text has at least so many bytes for each token, code and other scripts included; rather too few than too many. */
const bytesPerToken = 2;

/** Most tokens that a question and its answer can take. */
export function tokensNeeded(prompt: string, { systemPrompt = '', maxTokens }: AiRequest): number {
  return Math.ceil((Buffer.byteLength(prompt) + Buffer.byteLength(systemPrompt)) / bytesPerToken) + maxTokens + 64;
}

/** Whether any default context holds that many tokens, so that nothing need be known of the model. */
export function fitsEverywhere(tokens: number): boolean {
  return tokens <= smallestDefault;
}

/**
 * The context to ask for: as large as is needed and the model can hold, in few sizes, because another size loads the model anew.
 *
 * @returns `undefined` = leave it to the server: it has enough by its own settings, or nothing is known of the model
 */
export function contextFor(tokens: number, { length, configured }: ModelContext): number | undefined {
  if (length === undefined || (configured !== undefined && configured >= Math.min(tokens, length))) return undefined;
  let size = smallestAsked;
  while (size < tokens) size *= 2;
  return Math.min(size, length);
}

/** Whether a count of tokens looks like a context that was filled up: contexts are powers of two unless somebody says otherwise. */
export function looksFilled(promptTokens: number): boolean {
  return promptTokens >= 256 && Number.isInteger(Math.log2(promptTokens));
}

/**
 * Ollama cuts a question that does not fit without a word: its tokens are as many as the context then.
 *
 * @param asked the context that was asked for, if any
 * @throws TerminalError when the question was cut
 */
export function checkNotCut(
  promptTokens: number,
  asked: number | undefined,
  { length, configured }: ModelContext,
  model: string,
): void {
  const context = asked ?? configured;
  const isFull =
    context === undefined
      ? looksFilled(promptTokens) && (promptTokens >= smallestDefault || promptTokens === length)
      : promptTokens >= context - 1;
  if (!isFull) return;
  throw new TerminalError(
    `The question was cut: it has more tokens than the context of the model ${model}, which is ${context ?? promptTokens}`,
    {
      details:
        length !== undefined && (context ?? promptTokens) < length
          ? `The model could hold ${length} tokens. Raise num_ctx in its Modelfile or OLLAMA_CONTEXT_LENGTH, or shorten the question or its context.`
          : 'Shorten the question or its context, or ask a model that holds more.',
    },
  );
}
