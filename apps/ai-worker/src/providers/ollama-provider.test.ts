import { RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it, vi } from 'vitest';
import { ollamaAnswer, ollamaErrors, ollamaTags } from '../testing/ollama-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { type Answer, answerJson, answerText, deadUrl, startWireServer } from '../testing/wire-server.ts';
import { createOllamaProvider } from './ollama-provider.ts';

const question = { query: 'What is a process?', maxTokens: 100, temperature: 0.7 };
const never = new AbortController().signal;

function ollamaAt(url: string, timeoutMs = 5_000, checkTimeoutMs = 5_000) {
  return createOllamaProvider({ url, model: 'llama2', timeoutMs, checkTimeoutMs });
}

async function askServer(answer: Answer, timeoutMs?: number) {
  await using server = await startWireServer(answer);
  // Awaited here: the server closes when this function returns.
  return await ollamaAt(server.url, timeoutMs).complete(question, never);
}

describe('an answer of Ollama', () => {
  it('is taken with its counts and its own time', async () => {
    expect(await askServer((_request, response) => answerJson(response, 200, ollamaAnswer))).toEqual({
      content: 'A process is a sequence of steps.',
      model: 'llama2',
      finishReason: 'stop',
      totalDurationNs: 174_560_334,
      usage: { prompt_tokens: 11, completion_tokens: 18, total_tokens: 29 },
    });
  });

  it('is asked for with the contract of the API', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaAnswer));

    await ollamaAt(server.url).complete(
      { ...question, systemPrompt: 'Be brief.', context: 'A manual.', model: 'mistral' },
      never,
    );

    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      path: '/api/generate',
      headers: { 'content-type': 'application/json' },
    });
    expect(server.seen[0]?.body).toEqual({
      model: 'mistral',
      prompt: 'Context:\nA manual.\n\nQuestion:\nWhat is a process?',
      system: 'Be brief.',
      stream: false,
      options: { num_predict: 100, temperature: 0.7 },
    });
  });

  it('is asked for without a system prompt when none is given', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaAnswer));

    await ollamaAt(server.url).complete(question, never);

    expect(server.seen[0]?.body).toEqual({
      model: 'llama2',
      prompt: 'What is a process?',
      stream: false,
      options: { num_predict: 100, temperature: 0.7 },
    });
  });

  it('says when the token limit ended it', async () => {
    const cut = { ...ollamaAnswer, done_reason: 'length' };
    expect(await askServer((_request, response) => answerJson(response, 200, cut))).toMatchObject({
      finishReason: 'length',
    });
  });

  it('counts a prompt that was in the cache as nothing', async () => {
    const { prompt_eval_count: _cached, ...answer } = ollamaAnswer;
    expect(await askServer((_request, response) => answerJson(response, 200, answer))).toMatchObject({
      usage: { prompt_tokens: 0, completion_tokens: 18, total_tokens: 18 },
    });
  });
});

describe('an answer of Ollama that is not whole', () => {
  const { done: _done, ...withoutDone } = ollamaAnswer;
  const wrong: readonly (readonly [string, string, string])[] = [
    ['is not done', JSON.stringify({ ...ollamaAnswer, done: false }), 'The answer is not done'],
    ['does not say that it is done', JSON.stringify(withoutDone), 'The answer is not done'],
    ['holds an error', JSON.stringify({ error: 'unexpected EOF' }), 'The answer holds no response'],
    [
      'is a stream although none was asked for',
      `{"response":"A ","done":false}\n{"response":"process","done":true}\n`,
      'The answer is no JSON object',
    ],
    ['is a web page', '<html>Welcome</html>', 'The answer is no JSON object'],
    ['is no object', 'null', 'The answer is no JSON object'],
  ];
  it.each(wrong)('because it %s is asked for again', async (_name, body, details) => {
    const thrown = await thrownBy(askServer((_request, response) => answerText(response, 200, body)));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'Ollama request failed',
      details: `${details}. Status: 200, Response: ${body.trim()}`,
    });
  });

  it('because the connection was cut is asked for again', async () => {
    const whole = JSON.stringify(ollamaAnswer);
    const thrown = await thrownBy(
      askServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
        response.write(whole.slice(0, 80), () => response.destroy());
      }),
    );

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'Ollama request error' });
  });
});

describe('time', () => {
  it('is up when the model does not finish', async () => {
    const thrown = await thrownBy(askServer(() => undefined, 60));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'Ollama request error', details: 'No answer within 60 ms' });
  });

  it('ends with the lease: the model is stopped at once', async () => {
    const lease = new AbortController();
    let dropped = false;
    await using server = await startWireServer((_request, response) => {
      response.on('close', () => (dropped = true));
    });

    const answer = thrownBy(ollamaAt(server.url).complete(question, lease.signal));
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), 10_000);
    lease.abort(new Error('The worker is stopping'));

    expect(await answer).toMatchObject({
      message: 'Ollama request error',
      details: 'Given up: The worker is stopping',
    });
    await vi.waitFor(() => expect(dropped).toBe(true), 10_000);
  });
});

describe('a refusal by Ollama', () => {
  it('of a missing model is terminal and names the command that helps', async () => {
    const thrown = await thrownBy(askServer((_request, response) => answerJson(response, 404, ollamaErrors.noModel)));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'Ollama request failed',
      details: expect.stringMatching(
        /^Status: 404, Response: \{"error":"model 'llama2' not found"\}\n.*run `ollama pull llama2`/,
      ) as string,
    });
  });

  it('of a wrong request is terminal', async () => {
    const thrown = await thrownBy(
      askServer((_request, response) => answerJson(response, 400, ollamaErrors.badRequest)),
    );

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'Ollama request failed',
      details: `Status: 400, Response: ${JSON.stringify(ollamaErrors.badRequest)}`,
    });
  });

  it.each([
    [500, ollamaErrors.memory],
    [503, ollamaErrors.busy],
  ] as const)('with status %i may pass', async (status, body) => {
    const thrown = await thrownBy(askServer((_request, response) => answerJson(response, status, body)));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'Ollama request failed',
      details: `Status: ${status}, Response: ${JSON.stringify(body)}`,
      retryAfterMs: undefined,
    });
  });

  it('for too many requests is tried again when the server says', async () => {
    const thrown = await thrownBy(
      askServer((_request, response) => answerJson(response, 429, ollamaErrors.busy, { 'retry-after': '3' })),
    );

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'Ollama request failed', retryAfterMs: 3_000 });
  });
});

describe('Ollama', () => {
  it('that nobody listens for is tried again later', async () => {
    const thrown = await thrownBy(ollamaAt(await deadUrl()).complete(question, never));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'Ollama request error',
      details: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('is available when it lists its models', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 200, ollamaTags));

    expect(await ollamaAt(server.url).available(never)).toEqual({ available: true });
    expect(server.seen[0]).toMatchObject({ method: 'GET', path: '/api/tags' });
  });

  const unavailable: readonly (readonly [string, Answer])[] = [
    ['it answers with an error', (_request, response) => answerJson(response, 500, ollamaErrors.busy)],
    ['it does not answer in time', () => undefined],
    ['it hangs up', (_request, response) => void response.destroy()],
  ];
  it.each(unavailable)('is not available when %s', async (_name, answer) => {
    await using server = await startWireServer(answer);

    expect(await ollamaAt(server.url, 5_000, 200).available(never)).toMatchObject({ available: false });
  });

  it('is not called unavailable when it is the lease that ended', async () => {
    await using server = await startWireServer(() => undefined);

    const thrown = await thrownBy(
      ollamaAt(server.url).available(AbortSignal.abort(new Error('The worker is stopping'))),
    );

    expect(thrown).toMatchObject({ message: 'The worker is stopping' });
  });
});
