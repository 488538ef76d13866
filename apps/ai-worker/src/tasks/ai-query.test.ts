import { setTimeout as delay } from 'node:timers/promises';
import { aiQuery } from '@procos/contracts';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../answer-cache.ts';
import type { AiProvider } from '../providers/ai-provider.ts';
import { createOllamaProvider } from '../providers/ollama-provider.ts';
import { fakeProvider, providersOf } from '../testing/fake-provider.ts';
import { ollamaAnswer } from '../testing/ollama-wire.ts';
import { runTask, taskContext, thrownBy } from '../testing/run-task.ts';
import { answerJson, startWireServer } from '../testing/wire-server.ts';
import { aiQueryTask } from './ai-query.ts';

function taskFor(...providers: readonly AiProvider[]) {
  return aiQueryTask({
    providers: providersOf(...providers),
    temperature: 0.7,
    maxTokens: 1_000,
    answers: createAnswerCache(),
    publish: () => undefined,
  });
}

describe('the task ai_query', () => {
  it('asks with the settings of the worker and tells who answered', async () => {
    const openai = fakeProvider('openai', {
      answer: { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    });

    const output = await runTask(taskFor(openai), { user_query: 'What is a process?', provider: 'openai' });

    expect(openai.asked).toEqual([
      {
        query: 'What is a process?',
        systemPrompt: undefined,
        context: undefined,
        model: undefined,
        maxTokens: 1_000,
        temperature: 0.7,
      },
    ]);
    expect(output).toEqual({
      ai_response: 'answer of openai',
      model_used: 'openai-model',
      provider: 'openai',
      finish_reason: 'stop',
      response_time_ms: expect.any(Number) as number,
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    });
  });

  it('asks for as many tokens as the settings say when the task names none', async () => {
    const openai = fakeProvider('openai');
    const providers = providersOf(openai);
    const task = aiQueryTask({
      providers,
      temperature: 0.7,
      maxTokens: 64,
      answers: createAnswerCache(),
      publish: () => undefined,
    });

    await runTask(task, { user_query: 'Why?', provider: 'openai' });

    expect(openai.asked).toMatchObject([{ maxTokens: 64 }]);
  });

  it('hands on model, length, system prompt and context', async () => {
    const openai = fakeProvider('openai');

    await runTask(taskFor(openai), {
      user_query: 'Why?',
      provider: 'openai',
      model: 'gpt-4o',
      max_tokens: 5,
      system_prompt: 'Be brief.',
      context: { page: 1 },
    });

    expect(openai.asked).toEqual([
      {
        query: 'Why?',
        systemPrompt: 'Be brief.',
        context: '{"page":1}',
        model: 'gpt-4o',
        maxTokens: 5,
        temperature: 0.7,
      },
    ]);
  });

  it('tells done and total_duration of Ollama', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaAnswer));
    const ollama = createOllamaProvider({ url: server.url, model: 'llama2', timeoutMs: 1_000 });

    expect(await runTask(taskFor(ollama), { user_query: 'Why?', provider: 'ollama' })).toMatchObject({
      ai_response: ollamaAnswer.response,
      model_used: 'llama2',
      provider: 'ollama',
      done: true,
      total_duration: ollamaAnswer.total_duration,
      usage: { total_tokens: 29 },
    });
  });

  it('measures how long the provider took, not what time it is (trap T12)', async () => {
    const slow: AiProvider = {
      ...fakeProvider('openai'),
      complete: async () => {
        await delay(50);
        return { content: 'slow', model: 'm', finishReason: 'stop' };
      },
    };

    const { response_time_ms: duration } = await runTask(taskFor(slow), { user_query: 'Why?', provider: 'openai' });

    expect(duration).toBeGreaterThanOrEqual(45);
    expect(duration).toBeLessThan(10_000);
  });
});

describe('who is asked', () => {
  it.each([
    ['by provider', { provider: 'openai' }, 'openai'],
    ['by ai_provider', { ai_provider: 'openai' }, 'openai'],
    ['by selected_provider', { ai_provider: 'auto', selected_provider: 'openai' }, 'openai'],
    [
      'by provider before the others',
      { provider: 'openai', ai_provider: 'ollama', selected_provider: 'ollama' },
      'openai',
    ],
    [
      'by ai_provider before what was selected',
      { provider: 'auto', ai_provider: 'openai', selected_provider: 'ollama' },
      'openai',
    ],
    ['by the selection inside when it is auto', { provider: 'auto' }, 'ollama'],
    ['by the selection inside when nothing is said', {}, 'ollama'],
    ['by the selection inside, with the complexity given', { complexity_score: 0.9 }, 'openai'],
  ])('is said %s', async (_name, names, expected) => {
    const task = taskFor(fakeProvider('openai'), fakeProvider('ollama'));

    expect(await runTask(task, { user_query: 'Why?', ...names })).toMatchObject({
      provider: expected,
      ai_response: `answer of ${expected}`,
    });
  });

  it.each(['none', 'skynet'])('cannot be %s', async (provider) => {
    const thrown = await thrownBy(runTask(taskFor(fakeProvider('openai')), { user_query: 'Why?', provider }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: `Unsupported AI provider: ${provider}`,
      details: 'This worker can ask: openai, or auto.',
    });
  });

  it('can be offline only where that is allowed', async () => {
    const thrown = await thrownBy(
      runTask(taskFor(fakeProvider('openai')), { user_query: 'Why?', provider: 'offline' }),
    );

    expect(thrown).toMatchObject({
      message: 'Unsupported AI provider: offline',
      details: expect.stringContaining('AI_OFFLINE=true') as string,
    });
  });

  it('is nobody when nobody is there: a modelled error', async () => {
    const thrown = await thrownBy(
      runTask(taskFor(fakeProvider('openai', { available: false })), { user_query: 'Why?' }),
    );

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'NO_PROVIDER' });
  });
});

describe('a question', () => {
  it.each(['', '  \n'])('that is empty (%j) is refused as missing', async (user_query) => {
    const thrown = await thrownBy(runTask(taskFor(fakeProvider('openai')), { user_query, provider: 'openai' }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({ message: 'Missing required parameter: user_query' });
  });

  it('that is missing breaks only this rule of the contract, so that the runtime names it', () => {
    expect(aiQuery.checkInput({ provider: 'openai' })).toEqual({
      ok: false,
      faults: [{ path: 'user_query', rule: 'required', message: 'is required' }],
    });
  });
});

describe('a task that is tried again', () => {
  it('after its result was lost gets the same answer and pays once', async () => {
    const openai = fakeProvider('openai');
    const task = taskFor(openai);
    const input = { user_query: 'Why?', provider: 'openai' };

    const first = await runTask(task, input);
    const second = await runTask(task, input);

    expect(second).toEqual(first);
    expect(openai.asked).toHaveLength(1);
  });

  it('asks anew when the question was changed, and for another task', async () => {
    const openai = fakeProvider('openai');
    const task = taskFor(openai);

    await runTask(task, { user_query: 'Why?', provider: 'openai' });
    await runTask(task, { user_query: 'Why not?', provider: 'openai' });
    await runTask(
      task,
      { user_query: 'Why?', provider: 'openai' },
      taskContext({ idempotencyKey: 'instance-2:activity-1' }),
    );

    expect(openai.asked.map(({ query }) => query)).toEqual(['Why?', 'Why not?', 'Why?']);
  });

  it('after a failure asks again', async () => {
    let attempts = 0;
    const flaky: AiProvider = {
      ...fakeProvider('openai'),
      complete: () => {
        attempts++;
        if (attempts === 1) return Promise.reject(new RetryableError('OpenAI request error'));
        return Promise.resolve({ content: 'second try', model: 'm', finishReason: 'stop' });
      },
    };
    const task = taskFor(flaky);

    expect(await thrownBy(runTask(task, { user_query: 'Why?', provider: 'openai' }))).toBeInstanceOf(RetryableError);
    expect(await runTask(task, { user_query: 'Why?', provider: 'openai' })).toMatchObject({
      ai_response: 'second try',
    });
  });
});
