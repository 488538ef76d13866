import { setTimeout as delay } from 'node:timers/promises';
import { RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it, vi } from 'vitest';
import { askOpenai, never, openaiAt, openaiKey, question, streams } from '../testing/ask-openai.ts';
import { answerStream, done, openaiErrors, openStream, piece, sendInSlices } from '../testing/openai-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { type Answer, answerJson, answerText, deadUrl, startWireServer } from '../testing/wire-server.ts';
import { createOpenaiProvider } from './openai-provider.ts';

describe('an answer of OpenAI', () => {
  it.each([1, 7, 64])('is put together from slices of %i bytes', async (size) => {
    // given
    const answer: Answer = (_request, response) =>
      sendInSlices(response, answerStream(['Ein Prozeß ', 'läuft → ', '✅ 好']), size);

    // when
    const result = await askOpenai(answer);

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
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: `Bearer ${openaiKey}` },
    });
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
    expect(await askOpenai(streams(answerStream(['A process is'], 'length')))).toMatchObject({
      content: 'A process is',
      finishReason: 'length',
    });
  });

  it('is whole without [DONE] and without usage once the model said that it had finished', async () => {
    expect(await askOpenai(streams(piece({ content: 'ok' }) + piece({}, 'stop')))).toEqual({
      content: 'ok',
      model: 'gpt-3.5-turbo-0125',
      finishReason: 'stop',
    });
  });

  it('is asked for again with the names that newer models want', async () => {
    // given
    await using server = await startWireServer((request, response) => {
      const { body = {} } = request;
      if ('max_tokens' in body)
        return answerJson(response, 400, openaiErrors.unsupported('max_tokens', 'unsupported_parameter'));
      if ('temperature' in body)
        return answerJson(response, 400, openaiErrors.unsupported('temperature', 'unsupported_value'));
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
    [
      'the connection is cut',
      (_request, response) => {
        openStream(response);
        response.write(piece({ content: 'A process is' }), () => response.destroy());
      },
    ],
    ['the stream ends early', streams(piece({ content: 'A process is' }))],
    ['the stream ends early with [DONE]', streams(piece({ content: 'A process is' }) + done)],
    ['an event is no JSON', streams(`${piece({ content: 'A process is' })}data: {"id": "chat\n\n`)],
    [
      'the answer is a web page',
      (_request, response) => answerText(response, 200, '<html>Welcome</html>', { 'content-type': 'text/html' }),
    ],
    ['an event is of another shape', streams(`data: {"hello": "world"}\n\n${done}`)],
  ];
  it.each(broken)('when %s', async (_name, answer) => {
    const thrown = await thrownBy(askOpenai(answer));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: 'OpenAI request error' });
  });

  it('when the server reports an error in the middle', async () => {
    const thrown = await thrownBy(
      askOpenai(streams(piece({ content: 'A process is' }) + `data: ${JSON.stringify(openaiErrors.server)}\n\n`)),
    );

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: expect.stringContaining('The server had an error') as string,
    });
  });
});

describe('time', () => {
  const slow: readonly (readonly [string, Answer])[] = [
    ['no answer begins', () => undefined],
    [
      'an answer stops in the middle',
      (_request, response) => {
        openStream(response);
        response.write(piece({ content: 'A process is' }));
      },
    ],
  ];
  it.each(slow)('is up when %s', async (_name, answer) => {
    const thrown = await thrownBy(askOpenai(answer, 60));

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
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), 10_000);
    lease.abort(new Error('The lease of task 1 was lost'));

    // then
    expect(await answer).toMatchObject({
      message: 'OpenAI request error',
      details: 'Given up: The lease of task 1 was lost',
    });
    await vi.waitFor(() => expect(dropped).toBe(true), 10_000);
  });
});

describe('OpenAI', () => {
  it('that nobody listens for is tried again later', async () => {
    const thrown = await thrownBy(openaiAt(await deadUrl()).complete(question, never));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'OpenAI request error',
      details: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('without a key is not available and says what to set', async () => {
    const provider = createOpenaiProvider({
      apiKey: undefined,
      baseUrl: await deadUrl(),
      model: 'gpt-3.5-turbo',
      timeoutMs: 1_000,
    });

    expect(await provider.available(never)).toMatchObject({ available: false });
    const thrown = await thrownBy(provider.complete(question, never));
    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API key not configured',
      details: 'Set OPENAI_API_KEY for the AI worker.',
    });
  });

  it('with a key is available without being asked', async () => {
    await using server = await startWireServer(() => undefined);

    expect(await openaiAt(server.url).available(never)).toEqual({ available: true });
    await delay(10);
    expect(server.seen).toEqual([]);
  });
});
