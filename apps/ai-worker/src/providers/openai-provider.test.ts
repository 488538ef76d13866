import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Secret } from '@procos/config';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it, vi } from 'vitest';
import { answerStream, done, openaiErrors, openStream, piece, sendInSlices } from '../testing/openai-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { type Answer, answerJson, answerText, deadUrl, startWireServer } from '../testing/wire-server.ts';
import { createOpenaiProvider } from './openai-provider.ts';

const key = 'sk-canary-1234567890';
const question = { query: 'What is a process?', maxTokens: 100, temperature: 0.7 };
const never = new AbortController().signal;

function openaiAt(url: string, timeoutMs = 5_000) {
  return createOpenaiProvider({ apiKey: new Secret(key), baseUrl: `${url}/v1`, model: 'gpt-3.5-turbo', timeoutMs });
}

async function askServer(answer: Answer, timeoutMs?: number, signal = never) {
  await using server = await startWireServer(answer);
  // Awaited here: the server closes when this function returns.
  return await openaiAt(server.url, timeoutMs).complete(question, signal);
}

function streams(events: string): Answer {
  return (_request, response) => {
    openStream(response);
    response.end(events);
  };
}

describe('an answer of OpenAI', () => {
  it.each([1, 7, 64])('is put together from slices of %i bytes', async (size) => {
    // given
    const answer: Answer = (_request, response) => sendInSlices(response, answerStream(['Ein Prozeß ', 'läuft → ', '✅ 好']), size);

    // when
    const result = await askServer(answer);

    // then
    expect(result).toEqual({
      content: 'Ein Prozeß läuft → ✅ 好',
      model: 'gpt-3.5-turbo-0125',
      finishReason: 'stop',
      usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
    });
  });

  it('is asked for with the contract of the API', async () => {
    await using server = await startWireServer(streams(answerStream(['ok'])));

    await openaiAt(server.url).complete({ ...question, systemPrompt: 'Be brief.', context: 'A manual.' }, never);

    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', path: '/v1/chat/completions', headers: { authorization: `Bearer ${key}` } });
    expect(request?.body).toEqual({
      model: 'gpt-3.5-turbo',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Context:\nA manual.\n\nQuestion:\nWhat is a process?' },
      ],
      max_tokens: 100,
      temperature: 0.7,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('does not depend on variables that the SDK reads by itself', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-somebody').stubEnv('OPENAI_PROJECT_ID', 'project-of-somebody');
    await using server = await startWireServer(streams(answerStream(['ok'])));

    await openaiAt(server.url).complete(question, never);
    vi.unstubAllEnvs();

    expect(server.seen[0]?.headers).not.toHaveProperty('openai-organization');
    expect(server.seen[0]?.headers).not.toHaveProperty('openai-project');
  });

  it('says when the token limit ended it', async () => {
    expect(await askServer(streams(answerStream(['A process is'], 'length')))).toMatchObject({ content: 'A process is', finishReason: 'length' });
  });

  it('is whole without [DONE] and without usage once the model said that it had finished', async () => {
    expect(await askServer(streams(piece({ content: 'ok' }) + piece({}, 'stop')))).toEqual({ content: 'ok', model: 'gpt-3.5-turbo-0125', finishReason: 'stop' });
  });

  it('is asked for again with the names that newer models want', async () => {
    // given
    await using server = await startWireServer((request, response) => {
      const { body = {} } = request;
      if ('max_tokens' in body) return answerJson(response, 400, openaiErrors.unsupported('max_tokens', 'unsupported_parameter'));
      if ('temperature' in body) return answerJson(response, 400, openaiErrors.unsupported('temperature', 'unsupported_value'));
      return streams(answerStream(['ok']))(request, response);
    });

    // when
    const answer = await openaiAt(server.url).complete(question, never);

    // then
    expect(answer.content).toBe('ok');
    expect(server.seen).toHaveLength(3);
    expect(server.seen[2]?.body).toMatchObject({ max_completion_tokens: 100 });
  });
});

describe('a partial answer of OpenAI is never taken for a whole one', () => {
  const broken: readonly (readonly [string, Answer])[] = [
    ['the connection is cut', (_request, response) => {
      openStream(response);
      response.write(piece({ content: 'A process is' }), () => response.destroy());
    }],
    ['the stream ends early', streams(piece({ content: 'A process is' }))],
    ['the stream ends early with [DONE]', streams(piece({ content: 'A process is' }) + done)],
    ['an event is no JSON', streams(`${piece({ content: 'A process is' })}data: {"id": "chat\n\n`)],
    ['the answer is a web page', (_request, response) => answerText(response, 200, '<html>Welcome</html>', { 'content-type': 'text/html' })],
    ['an event is of another shape', streams(`data: {"hello": "world"}\n\n${done}`)],
  ];
  it.each(broken)('when %s', async (_name, answer) => {
    const thrown = await thrownBy(askServer(answer));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI request error' });
  });

  it('when the server reports an error in the middle', async () => {
    const thrown = await thrownBy(askServer(streams(piece({ content: 'A process is' }) + `data: ${JSON.stringify(openaiErrors.server)}\n\n`)));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI API request failed', details: expect.stringContaining('The server had an error') as string });
  });
});

describe('time', () => {
  const slow: readonly (readonly [string, Answer])[] = [
    ['no answer begins', () => undefined],
    ['an answer stops in the middle', (_request, response) => {
      openStream(response);
      response.write(piece({ content: 'A process is' }));
    }],
  ];
  it.each(slow)('is up when %s', async (_name, answer) => {
    const thrown = await thrownBy(askServer(answer, 60));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI request error', details: 'No answer within 60 ms' });
  });

  it('ends with the lease: the request is dropped at once', async () => {
    // given
    const lease = new AbortController();
    let dropped = false;
    await using server = await startWireServer((_request, response) => {
      response.on('close', () => (dropped = true));
      openStream(response);
      response.write(piece({ content: 'A process is' }));
    });

    // when
    const answer = thrownBy(openaiAt(server.url).complete(question, lease.signal));
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    lease.abort(new Error('The lease of task 1 was lost'));

    // then
    expect(await answer).toMatchObject({ message: 'OpenAI request error', details: 'Given up: The lease of task 1 was lost' });
    await vi.waitFor(() => expect(dropped).toBe(true));
  });
});

describe('a refusal by OpenAI', () => {
  const fails = (status: number, body: unknown, headers?: Record<string, string>) => thrownBy(askServer((_request, response) => answerJson(response, status, body, headers)));

  it('of the key is terminal and keeps the key out, even if the server repeats it', async () => {
    const thrown = await fails(401, openaiErrors.invalidKey(key));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: `Status: 401, Response: ${JSON.stringify(openaiErrors.invalidKey('[redacted]'))}\nCheck OPENAI_API_KEY.`,
    });
    expect(inspect(thrown, { depth: 20 })).not.toContain(key);
  });

  it('for too many requests is tried again when the server says', async () => {
    await using server = await startWireServer((_request, response) => answerJson(response, 429, openaiErrors.rateLimit, { 'retry-after': '7' }));

    const thrown = await thrownBy(openaiAt(server.url).complete(question, never));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI API request failed', retryAfterMs: 7_000, details: `Status: 429, Response: ${JSON.stringify(openaiErrors.rateLimit)}` });
    expect(server.seen).toHaveLength(1);
  });

  it('for an empty purse is terminal although its status is 429', async () => {
    const thrown = await fails(429, openaiErrors.quota, { 'retry-after': '7' });

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({ message: 'OpenAI API request failed', details: expect.stringContaining('Check plan and billing') as string });
  });

  it.each([500, 502, 503, 408, 409])('with status %i may pass', async (status) => {
    const thrown = await fails(status, openaiErrors.server);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI API request failed', details: `Status: ${status}, Response: ${JSON.stringify(openaiErrors.server)}` });
  });

  it.each([400, 403, 404, 422])('with status %i will not pass', async (status) => {
    const thrown = await fails(status, openaiErrors.noModel);

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({ message: 'OpenAI API request failed', details: expect.stringMatching(new RegExp(`^Status: ${status}, Response: \\{"error"`)) as string });
  });

  it('tells a body that is no JSON as it is', async () => {
    const thrown = await thrownBy(askServer((_request, response) => answerText(response, 502, '<h1>Bad gateway</h1>')));

    expect(thrown).toMatchObject({ details: 'Status: 502, Response: <h1>Bad gateway</h1>' });
  });

  it('of an unsupported parameter that was not sent is terminal', async () => {
    expect(await fails(400, openaiErrors.unsupported('top_p', 'unsupported_parameter'))).toBeInstanceOf(TerminalError);
  });

  const refusals: readonly (readonly [string, Answer])[] = [
    ['the content filter refuses the question', (_request, response) => answerJson(response, 400, openaiErrors.contentFilter)],
    ['the content filter stops the answer', streams(piece({ content: 'First ' }) + piece({}, 'content_filter') + done)],
    ['the model refuses', streams(piece({ refusal: 'I cannot ' }) + piece({ refusal: 'help.' }) + piece({}, 'stop') + done)],
  ];
  it.each(refusals)('is a modelled error when %s', async (_name, answer) => {
    const thrown = await thrownBy(askServer(answer));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'AI_REFUSED', message: expect.stringMatching(/^OpenAI refused to answer: \S/) as string });
  });
});

describe('OpenAI', () => {
  it('that nobody listens for is tried again later', async () => {
    const thrown = await thrownBy(openaiAt(await deadUrl()).complete(question, never));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI request error', details: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('without a key is not available and says what to set', async () => {
    const provider = createOpenaiProvider({ apiKey: undefined, baseUrl: await deadUrl(), model: 'gpt-3.5-turbo', timeoutMs: 1_000 });

    expect(await provider.available(never)).toBe(false);
    const thrown = await thrownBy(provider.complete(question, never));
    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({ message: 'OpenAI API key not configured', details: 'Set OPENAI_API_KEY for the AI worker.' });
  });

  it('with a key is available without being asked', async () => {
    await using server = await startWireServer(() => undefined);

    expect(await openaiAt(server.url).available(never)).toBe(true);
    await delay(10);
    expect(server.seen).toEqual([]);
  });
});
