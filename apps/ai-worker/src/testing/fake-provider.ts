import type { AiAnswer, AiProvider, AiProviders, AiRequest } from '../providers/ai-provider.ts';

export interface FakeProvider extends AiProvider {
  readonly asked: readonly AiRequest[];
}

/** A provider that answers with its own name and remembers what it was asked. */
export function fakeProvider(
  name: string,
  given: { readonly available?: boolean; readonly answer?: Partial<AiAnswer> } = {},
): FakeProvider {
  const asked: AiRequest[] = [];
  return {
    name,
    asked,
    available: () =>
      Promise.resolve(
        given.available === false
          ? { available: false, reason: name === 'ollama' ? 'Ollama does not answer' : `${name} is not there` }
          : { available: true },
      ),
    complete: (request) => {
      asked.push(request);
      return Promise.resolve({
        content: `answer of ${name}`,
        model: `${name}-model`,
        finishReason: 'stop',
        ...given.answer,
      });
    },
  };
}

export function providersOf(...providers: readonly AiProvider[]): AiProviders {
  return new Map(providers.map((provider) => [provider.name, provider]));
}
