import { describe, expect, it } from 'vitest';
import { TerminalError } from '@procos/errors';
import { never, question } from '../testing/ask-openai.ts';
import { ollamaAnswer, ollamaErrors } from '../testing/ollama-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { answerJson, type SeenRequest, startWireServer } from '../testing/wire-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

describe('a question that does not fit the context of Ollama', () => {
  const longQuestion = { query: 'word '.repeat(4_000), maxTokens: 100, temperature: 0.7 };
  const model = {
    model_info: { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 },
    parameters: 'stop "<|im_end|>"\ntemperature 0.6',
  };

  function ollama(show: object, promptTokens: number) {
    return startWireServer(({ path }, response) =>
      answerJson(response, 200, path === '/api/show' ? show : { ...ollamaAnswer, prompt_eval_count: promptTokens }),
    );
  }
  const generated = (seen: readonly SeenRequest[]) => seen.find(({ path }) => path === '/api/generate')?.body;
  const at = (url: string) => createOllamaProvider({ url, model: 'qwen3', timeoutMs: 5_000 });

  it('is given the room that it needs', async () => {
    await using server = await ollama(model, 4_020);
    const provider = at(server.url);

    expect(await provider.complete(longQuestion, never)).toMatchObject({ usage: { prompt_tokens: 4_020 } });
    expect(generated(server.seen)).toMatchObject({ options: { num_ctx: 16_384 } });
    await provider.complete(longQuestion, never);
    expect(server.seen.filter(({ path }) => path === '/api/show')).toHaveLength(1);
  });

  it('is given no more than the model holds, and is refused when that was not enough', async () => {
    await using server = await ollama({ ...model, model_info: { 'llama.context_length': 4_096 } }, 4_096);
    const thrown = await thrownBy(at(server.url).complete(longQuestion, never));

    expect(generated(server.seen)).toMatchObject({ options: { num_ctx: 4_096 } });
    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'The question was cut: it has more tokens than the context of the model qwen3, which is 4096',
      details: 'Shorten the question or its context, or ask a model that holds more.',
    });
  });

  it('is left to the settings of the model when these give enough', async () => {
    await using server = await ollama({ ...model, parameters: 'num_ctx                        32768' }, 4_020);
    await at(server.url).complete(longQuestion, never);

    expect(generated(server.seen)).toMatchObject({ options: { num_predict: 100, temperature: 0.7 } });
    expect(generated(server.seen)?.['options']).not.toHaveProperty('num_ctx');
  });

  it.each([
    [{}, 4_096],
    [{ error: 'no' }, 2_048],
    [{ model_info: null }, 8_192],
  ])('is refused when all looks as if it was cut, and nothing is known of the model: %j', async (show, tokens) => {
    await using server = await ollama(show, tokens);

    expect(await thrownBy(at(server.url).complete(longQuestion, never))).toMatchObject({
      name: 'TerminalError',
      message: `The question was cut: it has more tokens than the context of the model qwen3, which is ${tokens}`,
    });
  });

  it('is seen also where the context is tiny', async () => {
    await using server = await ollama({ model_info: { 'tiny.context_length': 512 } }, 512);

    expect(await thrownBy(at(server.url).complete({ ...question, query: 'word '.repeat(150) }, never))).toBeInstanceOf(
      TerminalError,
    );
  });

  it('is not seen in a short one that has by chance as many tokens as some context', async () => {
    await using server = await ollama(model, 512);

    expect(await at(server.url).complete(question, never)).toMatchObject({ usage: { prompt_tokens: 512 } });
  });
});

describe('a model that is not installed', () => {
  it.each([
    [
      'llama2',
      { models: [{ name: 'qwen3:4b', model: 'qwen3:4b' }] },
      'Run `ollama pull llama2`. Or take one that is installed: OLLAMA_MODEL=qwen3:4b.',
    ],
    ['llama2', { models: [] }, 'Run `ollama pull llama2`. No model is installed there.'],
    [
      'qwen3',
      { models: [{ name: 'qwen3:4b' }, { name: 'b:1' }] },
      'Run `ollama pull qwen3`. Or take one that is installed: OLLAMA_MODEL=qwen3:4b (also b:1).',
    ],
  ])('is told with what would help: %s of %j', async (model, tags, remedy) => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, tags));

    expect(await createOllamaProvider({ url: server.url, model, timeoutMs: 1_000 }).available(never)).toEqual({
      available: false,
      reason: `Ollama answers, but has no model ${model}`,
      remedy,
    });
  });

  it('is told as one that comes, and waited for, while it is being pulled', async () => {
    await using server = await startWireServer(({ path }, response) =>
      path === '/api/tags'
        ? answerJson(response, 200, { models: [] })
        : answerJson(response, 404, ollamaErrors.noModel),
    );
    const provider = createOllamaProvider({
      url: server.url,
      model: 'llama2',
      timeoutMs: 1_000,
      pullStateOf: (model) => (model === 'llama2' ? 'it is being pulled' : undefined),
    });

    expect(await provider.available(never)).toEqual({
      available: false,
      reason: 'Ollama answers, but has no model llama2: it is being pulled',
      remedy: 'Ask again when it is there.',
    });
    expect(await thrownBy(provider.complete(question, never))).toMatchObject({
      name: 'RetryableError',
      details: 'The model llama2 is not there yet: it is being pulled.',
      retryAfterMs: 60_000,
    });
    expect(await thrownBy(provider.complete({ ...question, model: 'other' }, never))).toBeInstanceOf(TerminalError);
  });

  it.each([
    ['llama2', 'llama2:latest'],
    ['llama2:latest', 'llama2'],
    ['qwen3:4b', 'qwen3:4b'],
    ['hf.co/a/b', 'hf.co/a/b:latest'],
    ['Qwen3:4B', 'qwen3:4b'],
  ])('is not %s where %s is', async (model, name) => {
    await using server = await startWireServer((_request, response) =>
      answerJson(response, 200, { models: [{ name }] }),
    );

    expect(
      await createOllamaProvider({ url: server.url, model: 'other', timeoutMs: 1_000 }).available(never, model),
    ).toEqual({ available: true });
  });
});
