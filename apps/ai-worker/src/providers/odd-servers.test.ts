import { RetryableError, TerminalError } from '@procos/errors';
import { startRawServer } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { never, openaiAt, question, askOpenai, streams } from '../testing/ask-openai.ts';
import { answerStream, done, openStream, piece } from '../testing/openai-wire.ts';
import { ollamaAnswer } from '../testing/ollama-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { answerJson, answerText, startWireServer } from '../testing/wire-server.ts';
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

describe('a server that does not take a parameter', () => {
  it.each([
    ['a1', 'stream', { content: 'Hello', usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } }],
    ['a1b', 'stream_options', { content: 'Hello', usage: { total_tokens: 73 } }],
    ['a1c', 'stream_options', { content: 'Hello' }],
  ])('is asked again without it, once, and never with it again: %s', async (set, parameter, answer) => {
    await using server = await startRawServer('ai', set);
    const provider = openaiAt(server.url);

    expect(await provider.complete(question, never)).toMatchObject({
      model: 'test-model-1',
      finishReason: 'stop',
      ...answer,
    });
    expect(server.seen).toHaveLength(2);
    expect(server.seen[1]?.body).not.toContain(`"${parameter}":true`);
    await provider.complete(question, never);
    expect(server.seen).toHaveLength(3);
    expect(server.seen[2]?.body).toBe(server.seen[1]?.body);
  });

  const refusals: readonly (readonly [string, number, object, string])[] = [
    [
      'max_tokens',
      400,
      {
        error: {
          message: 'Give max_completion_tokens instead of max_tokens.',
          type: 'invalid_request_error',
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      },
      'max_completion_tokens',
    ],
    [
      'max_tokens',
      422,
      { detail: [{ loc: ['body', 'max_tokens'], type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }] },
      'max_completion_tokens',
    ],
    ['stream_options', 400, { error: "unknown field 'stream_options'" }, ''],
    ['stream_options', 400, { message: 'stream_options is not supported', code: 400 }, ''],
    ['stream', 400, { error: { message: 'Streaming is not available', param: 'stream', code: null } }, ''],
    [
      'temperature',
      400,
      {
        object: 'error',
        message: 'Unrecognized request argument supplied: temperature',
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      '',
    ],
  ];
  it.each(refusals)('says so in its own form: %s %i %j', async (parameter, status, refusal, instead) => {
    await using server = await startWireServer(({ body = {} }, response) => {
      if (parameter in body && body[parameter] !== false) return answerJson(response, status, refusal);
      if (body['stream'] !== true)
        return answerJson(response, 200, {
          model: 'm',
          choices: [{ finish_reason: 'stop', message: { content: 'ok' } }],
        });
      openStream(response);
      response.end(answerStream(['ok']));
    });

    expect(await openaiAt(server.url).complete(question, never)).toMatchObject({ content: 'ok' });
    expect(server.seen).toHaveLength(2);
    if (instead !== '') expect(server.seen[1]?.body).toHaveProperty(instead, 100);
  });

  it('may refuse all of them, one after the other', async () => {
    await using server = await startWireServer(({ body = {} }, response) => {
      const refused =
        ['stream_options', 'max_tokens', 'temperature'].find((name) => name in body) ??
        (body['stream'] === true ? 'stream' : undefined);
      if (refused !== undefined)
        return answerJson(response, 400, {
          error: { message: `${refused} is not supported`, param: refused, code: 'unsupported_parameter' },
        });
      answerJson(response, 200, { model: 'm', choices: [{ finish_reason: 'stop', message: { content: 'ok' } }] });
    });

    expect(await openaiAt(server.url).complete(question, never)).toMatchObject({ content: 'ok' });
    expect(server.seen).toHaveLength(5);
  });

  it.each([
    [
      'the value of a parameter',
      {
        error: {
          message: 'max_tokens is too large: 100. This model gives at most 50.',
          param: 'max_tokens',
          code: 'invalid_value',
        },
      },
    ],
    [
      'the length of the question',
      {
        error: {
          message: "This model's maximum context length is 10 tokens, and max_tokens is 100.",
          param: 'messages',
          code: 'context_length_exceeded',
        },
      },
    ],
    [
      'the same parameter again',
      {
        error: {
          message: 'max_completion_tokens is not supported',
          param: 'max_completion_tokens',
          code: 'unsupported_parameter',
        },
      },
    ],
    ['the model', { error: { message: 'This model is not supported', param: 'model', code: 'unsupported_value' } }],
  ])('but does not like %s is not asked again', async (_name, refusal) => {
    await using server = await startWireServer((_request, response) => answerJson(response, 400, refusal));

    const thrown = await thrownBy(openaiAt(server.url).complete(question, never));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as TerminalError).details).toContain(refusal.error.message);
    expect(server.seen).toHaveLength(1);
  });
});

describe('an error in the middle of a stream', () => {
  it('that every further try meets again is final, with the words of the server', async () => {
    const { thrown, asked } = await openaiSays('oa-instream-too-long');

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as TerminalError).details).toMatch(
      /^Status: 200, Response: .*The prompt has 172830 tokens and 32000 are asked for; the model holds 196608\..*\nShorten the question or its context/s,
    );
    expect(asked).toBe(1);
  });

  it.each([
    [{ message: 'no such model', type: 'invalid_request_error', code: 'model_not_found' }, TerminalError],
    [{ message: 'No credit is left.', code: 'insufficient_quota' }, TerminalError],
    [{ message: 'bad', status: 422 }, TerminalError],
    [{ message: 'overloaded', type: 'server_error', code: 503 }, RetryableError],
    [{ message: 'slow down', code: 429 }, RetryableError],
    [{ message: 'something went wrong' }, RetryableError],
  ])('%j is told by what it is', async (error, kind) => {
    expect(
      await thrownBy(askOpenai(streams(`${piece({ content: 'A ' })}data: ${JSON.stringify({ error })}\n\n${done}`))),
    ).toBeInstanceOf(kind);
  });
});

describe('a refusal', () => {
  it.each([
    ['oa-context', TerminalError, /Shorten the question/],
    ['oa-quota', TerminalError, /Check plan and billing/],
    ['oa-rate', RetryableError, /Too many requests/],
  ])('of OpenAI is told in its words, and asked for once: %s', async (set, kind, details) => {
    const { thrown, asked } = await openaiSays(set);

    expect(thrown).toBeInstanceOf(kind);
    expect((thrown as TerminalError).details).toMatch(details);
    expect(asked).toBe(1);
  });

  it('of Ollama for want of the model offers one that is there', async () => {
    const thrown = await ollamaSays('ol-missing');

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as TerminalError).details).toContain("model 'nope' not found");
  });
});

describe('an answer without end', () => {
  const long = 'x'.repeat(8_000_000);

  it('of Ollama is not taken', async () => {
    await using server = await startWireServer((_request, response) =>
      answerJson(response, 200, { ...ollamaAnswer, response: long }),
    );
    const thrown = await thrownBy(
      createOllamaProvider({ url: server.url, model: 'llama2', timeoutMs: 20_000 }).complete(question, never),
    );

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'The answer of Ollama is larger than 2097152 bytes',
      details: expect.stringContaining('PROCOS_AI_MAX_BYTES') as string,
    });
  });

  it.each([
    ['in a stream', `${piece({ content: long })}${piece({}, 'stop')}${done}`, 'text/event-stream'],
    [
      'in one piece',
      JSON.stringify({ model: 'm', choices: [{ finish_reason: 'stop', message: { content: long } }] }),
      'application/json',
    ],
  ])('of OpenAI is not taken: %s', async (_name, body, type) => {
    await using server = await startWireServer((request, response) => {
      if (type === 'application/json' && request.body?.['stream'] === true)
        return answerJson(response, 400, { error: { message: 'stream is not supported', param: 'stream' } });
      answerText(response, 200, body, { 'content-type': type });
    });
    const thrown = await thrownBy(openaiAt(server.url, 20_000).complete(question, never));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({ message: 'The answer of OpenAI is larger than 2097152 bytes' });
  });

  it('that is no answer at all is not read to its end', async () => {
    await using server = await startWireServer((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.write(long);
    });

    expect(await thrownBy(openaiAt(server.url, 20_000).complete(question, never))).toBeInstanceOf(RetryableError);
  });
});
