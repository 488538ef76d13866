import { RetryableError, TerminalError } from '@procos/errors';
import { caseFile, startRawServer } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { never, openaiAt, question, askOpenai, streams } from '../testing/ask-openai.ts';
import { done, piece } from '../testing/openai-wire.ts';
import { ollamaAnswer } from '../testing/ollama-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { answerJson, startWireServer } from '../testing/wire-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

/** What a server of Ollama with this answer makes of the question. */
async function ollamaSays(set: string): Promise<unknown> {
  await using server = await startRawServer('ai', set);
  return await thrownBy(
    createOllamaProvider({ url: server.url, model: 'qwen3:4b', timeoutMs: 5_000 }).complete(question, never),
  );
}

async function openaiSays(set: string): Promise<{ readonly thrown: unknown; readonly asked: number }> {
  await using server = await startRawServer('ai', set);
  const thrown = await thrownBy(openaiAt(server.url).complete(question, never));
  return { thrown, asked: server.seen.length };
}

describe('an answer without a word is no success, and is not paid for again', () => {
  it.each([
    ['oa-tool-calls', /asked for a tool \(search\) instead, and none was offered$/, /answer in text/],
    [
      'oa-length-empty',
      /max_tokens of 100 was reached before its first word, which the model used up by thinking$/,
      /Give more max_tokens than 100, or ask a model that does not think first\./,
    ],
    ['oa-stop-empty', /ended without a word \(stop\)$/, /Ask in other words/],
  ])('of OpenAI: %s', async (set, message, details) => {
    const { thrown, asked } = await openaiSays(set);

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(message);
    expect((thrown as TerminalError).details).toMatch(details);
    expect(asked).toBe(1);
  });

  it.each([
    ['blanks only', piece({ content: ' \n\t' }) + piece({}, 'stop')],
    ['nothing at all', piece({}, 'length')],
    ['an old kind of tool', piece({}, 'function_call')],
  ])('of OpenAI: %s', async (_name, events) => {
    expect(await thrownBy(askOpenai(streams(events + done)))).toBeInstanceOf(TerminalError);
  });

  it('of OpenAI, although a tool was asked for beside its words, is one', async () => {
    expect(
      await askOpenai(
        streams(
          piece({ content: 'Two.', tool_calls: [{ index: 0, function: { name: 'search' } }] }) +
            piece({}, 'tool_calls') +
            done,
        ),
      ),
    ).toMatchObject({ content: 'Two.', finishReason: 'tool_calls' });
  });

  it('of Ollama that has only thought', async () => {
    const thinking = JSON.parse(caseFile('ai', 'ol-thinking-only.raw').toString().split('\r\n\r\n')[1] ?? '') as object;
    await using server = await startWireServer((_request, response) => answerJson(response, 200, thinking));

    const thrown = await thrownBy(
      createOllamaProvider({ url: server.url, model: 'qwen3:4b', timeoutMs: 5_000 }).complete(
        { ...question, maxTokens: 64 },
        never,
      ),
    );

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message:
        'Ollama gave no answer: max_tokens of 64 was reached before its first word, which the model used up by thinking',
      details: 'Give more max_tokens than 64, or ask a model that does not think first.',
    });
  });

  it.each([
    [
      { ...ollamaAnswer, response: '', done_reason: 'length', eval_count: 1 },
      TerminalError,
      /max_tokens of 100 was reached/,
    ],
    [{ ...ollamaAnswer, response: ' ', done_reason: 'stop' }, TerminalError, /ended without a word \(stop\)/],
    [{ ...ollamaAnswer, response: '', done_reason: 'unload' }, RetryableError, /Ollama request failed/],
  ])('of Ollama: %j', async (answer, kind, message) => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, answer));
    const thrown = await thrownBy(
      createOllamaProvider({ url: server.url, model: 'llama2', timeoutMs: 5_000 }).complete(question, never),
    );

    expect(thrown).toBeInstanceOf(kind);
    expect((thrown as Error).message).toMatch(message);
  });

  it('of Ollama that has only loaded its model is asked for again', async () => {
    const thrown = await ollamaSays('ol-load');

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      details: 'The server has only loaded the model qwen3:4b, and has not asked it.',
      retryAfterMs: 1_000,
    });
  });
});
