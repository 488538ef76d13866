import type { ProcosEvent } from '@procos/contracts';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { createInMemoryEventBus } from '@procos/event-bus';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPublishAsked } from './ai-events.ts';
import { createAnswerCache } from './answer-cache.ts';
import { aiQueryTask } from './tasks/ai-query.ts';
import { fakeProvider, providersOf } from './testing/fake-provider.ts';
import { runTask, taskContext, thrownBy } from './testing/run-task.ts';

const bus = createInMemoryEventBus({ name: `ai-events-${process.pid}`, onHandlerError: () => undefined });
afterEach(() => bus.close());

describe('a question to a model', () => {
  it('is published with who was asked and how it ended, and neither with its words nor those of the answer', async () => {
    // given
    const events: ProcosEvent[] = [];
    await bus.subscribe('ai.#', (event) => void events.push(event));
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const failing = (thrown: Error) => ({ ...fakeProvider('ollama'), complete: () => Promise.reject(thrown) });
    const ask = (provider: ReturnType<typeof fakeProvider>) =>
      runTask(
        aiQueryTask({
          providers: providersOf(provider),
          temperature: 0,
          maxTokens: 100,
          answers: createAnswerCache(),
          publish: createPublishAsked(bus),
        }),
        { user_query: 'canary question', provider: provider.name },
      );

    // when
    await ask(fakeProvider('openai', { answer: { content: 'canary answer', usage } }));
    for (const thrown of [new RetryableError('busy'), new TerminalError('no words'), new BpmnError('AI_REFUSED', 'no')])
      await thrownBy(ask(failing(thrown)));

    // then
    await vi.waitFor(() => expect(events).toHaveLength(4), 10_000);
    expect(events.map(({ type, source, data }) => [type, source, data['kind'] ?? data['finishReason']])).toEqual([
      ['ai.openai.completed', '/ai-worker', 'stop'],
      ['ai.ollama.failed', '/ai-worker', 'retryable'],
      ['ai.ollama.failed', '/ai-worker', 'final'],
      ['ai.ollama.failed', '/ai-worker', 'refused'],
    ]);
    expect(events[0]?.data).toMatchObject({
      instanceId: 'instance-1',
      processKey: 'ai_query_process',
      activityId: 'ask_ai',
      provider: 'openai',
      model: 'openai-model',
      usage,
      durationMs: expect.any(Number) as number,
    });
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it('is answered although nothing can be published', async () => {
    const warned: string[] = [];
    const publish = createPublishAsked({ publish: () => Promise.reject(new Error('The broker is away')) });
    const context = taskContext();
    const logger = { ...context.logger, warn: (event: string) => void warned.push(event) };
    const provider = fakeProvider('openai');

    const output = await runTask(
      aiQueryTask({
        providers: providersOf(provider),
        temperature: 0,
        maxTokens: 100,
        answers: createAnswerCache(),
        publish,
      }),
      { user_query: 'Why?', provider: 'openai' },
      { ...context, logger },
    );

    expect(output).toMatchObject({ ai_response: 'answer of openai' });
    await vi.waitFor(() => expect(warned).toEqual(['ai_event_not_published']), 10_000);
  });
});
