/**
 * What servers say in words alone. OpenAI itself has codes; of the many servers that speak its API, some answer
 * several faults with one status and no code, and Ollama fails a pull with an answer of 200. Nothing else reads such a
 * sentence. None of these servers runs on the machine of a developer: `odd-servers.test.ts` and `ollama-pull.test.ts` keep what they answer.
 */
const sentences = {
  tooLong: /context|too long|longer than|model holds|maximum[^.]*tokens/i,
  /** Words of servers that do not take a parameter, other than of those that do not like its value. */
  notTaken:
    /extra[_ ]?(?:fields?|forbidden|inputs)|unsupported|not (?:be )?(?:known|supported|permitted|allowed|recogni[sz]ed|accepted|available)|unknown|unrecogni[sz]ed|unexpected|instead|does ?n[o']t support|may not/i,
  noSuchModel: /file does not exist|not found|invalid model name|unauthorized/i,
} as const;

/** Whether question and answer together are longer than the model holds. */
export function isAboutLength(sentence: string): boolean {
  return sentences.tooLong.test(sentence);
}

/** Whether a server does not take a parameter at all. */
export function isNotTaken(sentence: string): boolean {
  return sentences.notTaken.test(sentence);
}

/** The first of the names that stands in a sentence as a word. */
export function namedIn<Name extends string>(sentence: string, names: readonly Name[]): Name | undefined {
  return names.find((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sentence));
}

/** Whether Ollama says that there is no such model, or that it does not take its name. */
export function isNoModel(sentence: string): boolean {
  return sentences.noSuchModel.test(sentence);
}
