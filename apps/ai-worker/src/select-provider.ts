import { BpmnError } from '@procos/errors';
import type { AiProviders } from './providers/ai-provider.ts';

/** A question longer than this many characters goes to OpenAI first. */
const longQuery = 2_000;
/** A question scored higher than this goes to OpenAI first. */
const highComplexity = 0.8;

export interface Selection {
  readonly selected_provider: string;
  /** One sentence. */
  readonly selection_reason: string;
  readonly selection_criteria: { readonly query_length: number; readonly complexity_score: number };
}

/**
 * Chooses a provider for a question. Order of the implementation guide, part 2, §5.1 (`_select_best_provider`), with the
 * offline answer last, where it is allowed.
 *
 * @throws BpmnError `NO_PROVIDER` when nobody can be asked
 */
export async function selectProvider(query: string, complexityScore: number, providers: AiProviders, signal: AbortSignal): Promise<Selection> {
  const criteria = { query_length: [...query].length, complexity_score: complexityScore };
  const available = async (name: string) => (await providers.get(name)?.available(signal)) ?? false;
  const choose = (name: string, reason: string): Selection => ({ selected_provider: name, selection_reason: reason, selection_criteria: criteria });

  if (criteria.query_length > longQuery && (await available('openai'))) {
    return choose('openai', `The question is longer than ${longQuery} characters and OpenAI is configured.`);
  }
  if (complexityScore > highComplexity && (await available('openai'))) {
    return choose('openai', `The question is more complex than ${highComplexity} and OpenAI is configured.`);
  }
  if (await available('ollama')) return choose('ollama', 'Ollama answers.');
  if (await available('openai')) return choose('openai', 'Ollama does not answer; OpenAI is configured.');
  if (await available('offline')) return choose('offline', 'Ollama does not answer and OpenAI is not configured; the offline answer is allowed.');
  throw new BpmnError(
    'NO_PROVIDER',
    'No AI provider can be asked: Ollama does not answer and OpenAI is not configured. Start Ollama (OLLAMA_URL), set OPENAI_API_KEY, or allow the offline answer with AI_OFFLINE=true.',
    { ...choose('none', 'Ollama does not answer, OpenAI is not configured, and the offline answer is not allowed.') },
  );
}
