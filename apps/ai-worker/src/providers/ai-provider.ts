/** One question to a language model. */
export interface AiRequest {
  readonly query: string;
  readonly systemPrompt?: string | undefined;
  /** Text to answer from. */
  readonly context?: string | undefined;
  /** @default the model configured for the provider */
  readonly model?: string | undefined;
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  /** From 0 (always the likeliest words) to 2. */
  readonly temperature: number;
}

export interface TokenUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** A whole answer: a provider never gives a part of one for the whole. */
export interface AiAnswer {
  readonly content: string;
  /** The model that answered, as the provider names it. */
  readonly model: string;
  /** `stop`: the model had finished; `length`: the token limit was reached. */
  readonly finishReason: string;
  readonly usage?: TokenUsage;
  /** The provider's own measure of its time, in nanoseconds. */
  readonly totalDurationNs?: number;
}

/** Whether somebody can be asked now; if not, why and what would help. */
export type Availability =
  | { readonly available: true }
  | {
      readonly available: false;
      /** Begins a sentence: `Ollama does not answer`. */
      readonly reason: string;
      /** Whole sentences. */
      readonly remedy?: string;
    };

/** Port to somebody who answers questions. */
export interface AiProvider {
  readonly name: string;
  /**
   * Whether it is configured, can be reached, and has the model. Throws only when `signal` is aborted.
   *
   * @param model @default the model configured for the provider
   */
  available(signal: AbortSignal, model?: string): Promise<Availability>;
  /**
   * Asks once; trying again is the engine's business.
   *
   * @throws TerminalError when trying again cannot help (an answer without a word, too), RetryableError when it may,
   * BpmnError `AI_REFUSED` when the question is refused for what it says
   */
  complete(request: AiRequest, signal: AbortSignal): Promise<AiAnswer>;
}

/** The providers that may be used, by name. */
export type AiProviders = ReadonlyMap<string, AiProvider>;

/** The text that is asked: what to answer from is set apart from the question. */
export function promptOf({ query, context }: AiRequest): string {
  return context === undefined ? query : `Context:\n${context}\n\nQuestion:\n${query}`;
}
