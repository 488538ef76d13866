import { BpmnError } from '@procos/errors';
import type { AiProviders, Availability } from './providers/ai-provider.ts';

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

export interface SelectionOptions {
  readonly providers: AiProviders;
  readonly signal: AbortSignal;
  /** The model that the task asks for by name. @default the model configured for each provider */
  readonly model?: string | undefined;
  /** @default the order of the implementation guide, with its fallbacks */
  readonly preference?: ProviderPreference | undefined;
}

/** What the settings say about the choice. */
export interface ProviderPreference {
  /** Who is asked first. @default `auto`: decided by length and complexity of the question */
  readonly defaultProvider?: 'auto' | 'openai' | 'ollama' | 'offline' | undefined;
  /** Whether somebody else may be asked when the first choice cannot. @default true */
  readonly fallback?: boolean;
}

/**
 * Chooses a provider for a question. Order of the implementation guide, part 2, §5.1 (`_select_best_provider`), with the
 * offline answer last, where it is allowed. Ollama counts only when it has the model.
 *
 * @throws BpmnError `NO_PROVIDER` when nobody can be asked, with the reasons and what to do
 */
export async function selectProvider(
  query: string,
  complexityScore: number,
  { providers, signal, model, preference = {} }: SelectionOptions,
): Promise<Selection> {
  const criteria = { query_length: [...query].length, complexity_score: complexityScore };
  const ask = async (name: string): Promise<Availability> =>
    (await providers.get(name)?.available(signal, model)) ?? { available: false, reason: `${name} is not allowed` };
  const choose = (name: string, reason: string): Selection => ({
    selected_provider: name,
    selection_reason: reason,
    selection_criteria: criteria,
  });

  const { defaultProvider = 'auto', fallback = true } = preference;
  const first = defaultProvider === 'auto' ? firstFor(criteria) : defaultProvider;
  if (defaultProvider !== 'auto' || !fallback) {
    const found = await ask(first);
    if (found.available) return choose(first, `${first} is ${whose(defaultProvider)} and can be asked.`);
    if (!fallback) throw nobodyElse(first, found, choose('none', `${found.reason}; AI_FALLBACK_ENABLED is false.`));
  }
  if (criteria.query_length > longQuery && (await ask('openai')).available) {
    return choose('openai', `The question is longer than ${longQuery} characters and OpenAI is configured.`);
  }
  if (complexityScore > highComplexity && (await ask('openai')).available) {
    return choose('openai', `The question is more complex than ${highComplexity} and OpenAI is configured.`);
  }
  const ollama = await ask('ollama');
  if (ollama.available) return choose('ollama', 'Ollama answers.');
  const remedy = ollama.remedy === undefined ? '' : ` ${ollama.remedy}`;
  if ((await ask('openai')).available) return choose('openai', `${ollama.reason}; OpenAI is configured.${remedy}`);
  if ((await ask('offline')).available)
    return choose('offline', `${ollama.reason} and OpenAI is not configured; the offline answer is allowed.${remedy}`);
  throw new BpmnError(
    'NO_PROVIDER',
    `No AI provider can be asked: ${ollama.reason} and OpenAI is not configured. ${ollama.remedy ?? 'Start Ollama (OLLAMA_URL).'} Otherwise set OPENAI_API_KEY, or allow the offline answer with AI_OFFLINE=true.`,
    {
      ...choose('none', `${ollama.reason}, OpenAI is not configured, and the offline answer is not allowed.${remedy}`),
    },
  );
}

/** Who is asked first, by the guide. */
function firstFor({ query_length, complexity_score }: Selection['selection_criteria']): string {
  return query_length > longQuery || complexity_score > highComplexity ? 'openai' : 'ollama';
}

const whose = (defaultProvider: string) =>
  defaultProvider === 'auto' ? 'the first choice for this question' : 'the provider of AI_DEFAULT_PROVIDER';

/** The first choice cannot be asked, and the settings allow no other. */
function nobodyElse(
  first: string,
  found: Extract<Availability, { available: false }>,
  selection: Selection,
): BpmnError {
  const remedy = found.remedy === undefined ? '' : ` ${found.remedy}`;
  return new BpmnError(
    'NO_PROVIDER',
    `No AI provider can be asked: ${found.reason}, and AI_FALLBACK_ENABLED=false allows nobody but ${first}.${remedy} Otherwise name another with AI_DEFAULT_PROVIDER, or allow the fallback.`,
    { ...selection },
  );
}
