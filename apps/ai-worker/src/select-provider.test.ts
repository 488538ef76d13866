import { BpmnError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { type ProviderPreference, selectProvider } from './select-provider.ts';
import { fakeProvider, providersOf } from './testing/fake-provider.ts';
import { thrownBy } from './testing/run-task.ts';

const never = new AbortController().signal;
const short = 'What is a process?';
const long = 'x'.repeat(2_001);

/** Chooses among providers; a name in brackets is known but not available. */
function choose(query: string, complexity: number, ...names: readonly string[]) {
  const providers = names.map((name) => fakeProvider(name.replace(/[()]/g, ''), { available: !name.startsWith('(') }));
  return selectProvider(query, complexity, { providers: providersOf(...providers), signal: never });
}

describe('what the settings say about the choice', () => {
  const prefer = (preference: ProviderPreference, ...names: readonly string[]) => {
    const providers = names.map((name) =>
      fakeProvider(name.replace(/[()]/g, ''), { available: !name.startsWith('(') }),
    );
    return selectProvider(short, 0, { providers: providersOf(...providers), signal: never, preference });
  };

  it('is heard: AI_DEFAULT_PROVIDER is asked first, and the others when it cannot be', async () => {
    const preference = { defaultProvider: 'openai' } as const;

    expect(await prefer(preference, 'openai', 'ollama')).toMatchObject({
      selected_provider: 'openai',
      selection_reason: 'openai is the provider of AI_DEFAULT_PROVIDER and can be asked.',
    });
    expect(await prefer(preference, '(openai)', 'ollama')).toMatchObject({ selected_provider: 'ollama' });
  });

  it('is heard: without AI_FALLBACK_ENABLED nobody but the first choice is asked', async () => {
    expect(await prefer({ fallback: false }, 'openai', 'ollama')).toMatchObject({ selected_provider: 'ollama' });

    const thrown = await thrownBy(prefer({ fallback: false }, 'openai', '(ollama)', 'offline'));
    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'NO_PROVIDER',
      message: expect.stringContaining('AI_FALLBACK_ENABLED=false allows nobody but ollama') as string,
    });
  });
});

describe('the choice of a provider', () => {
  it.each([
    ['a short question', short, 0, ['openai', 'ollama'], 'ollama'],
    ['a long question', long, 0, ['openai', 'ollama'], 'openai'],
    ['a question of 2000 characters', 'x'.repeat(2_000), 0, ['openai', 'ollama'], 'ollama'],
    ['a question of 2000 characters outside the basic plane', '✅🚀'.repeat(1_000), 0, ['openai', 'ollama'], 'ollama'],
    ['a complex question', short, 0.81, ['openai', 'ollama'], 'openai'],
    ['a question of complexity 0.8', short, 0.8, ['openai', 'ollama'], 'ollama'],
    ['a long question without OpenAI', long, 0, ['(openai)', 'ollama'], 'ollama'],
    ['a short question without Ollama', short, 0, ['openai', '(ollama)', 'offline'], 'openai'],
    ['a question without either', short, 0, ['(openai)', '(ollama)', 'offline'], 'offline'],
    ['a question with all of them', short, 0, ['openai', 'ollama', 'offline'], 'ollama'],
  ])('for %s', async (_name, query, complexity, names, expected) => {
    expect((await choose(query, complexity, ...names)).selected_provider).toBe(expected);
  });

  it('says why, and what it was based on', async () => {
    expect(await choose(long, 0.5, 'openai', 'ollama')).toEqual({
      selected_provider: 'openai',
      selection_reason: 'The question is longer than 2000 characters and OpenAI is configured.',
      selection_criteria: { query_length: 2_001, complexity_score: 0.5 },
    });
  });

  it('that finds nobody is a modelled error that says what to configure', async () => {
    const thrown = await thrownBy(choose(short, 0, '(openai)', '(ollama)'));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'NO_PROVIDER',
      message: expect.stringMatching(/OLLAMA_URL.*OPENAI_API_KEY.*AI_OFFLINE=true/) as string,
      variables: { selected_provider: 'none', selection_criteria: { query_length: 18, complexity_score: 0 } },
    });
  });
});
