import { inspect } from 'node:util';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { askOpenai, never, openaiAt, openaiKey, question, streams } from '../testing/ask-openai.ts';
import { done, openaiErrors, piece } from '../testing/openai-wire.ts';
import { thrownBy } from '../testing/run-task.ts';
import { type Answer, answerJson, answerText, startWireServer } from '../testing/wire-server.ts';

describe('a refusal by OpenAI', () => {
  const fails = (status: number, body: unknown, headers?: Record<string, string>) =>
    thrownBy(askOpenai((_request, response) => answerJson(response, status, body, headers)));

  it('of the key is terminal and keeps the key out, even if the server repeats it', async () => {
    const thrown = await fails(401, openaiErrors.invalidKey(openaiKey));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: `Status: 401, Response: ${JSON.stringify(openaiErrors.invalidKey('[redacted]'))}\nCheck OPENAI_API_KEY.`,
    });
    expect(inspect(thrown, { depth: 20 })).not.toContain(openaiKey);
  });

  it('for too many requests is tried again when the server says', async () => {
    await using server = await startWireServer((_request, response) =>
      answerJson(response, 429, openaiErrors.rateLimit, { 'retry-after': '7' }),
    );

    const thrown = await thrownBy(openaiAt(server.url).complete(question, never));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      retryAfterMs: 7_000,
      details: `Status: 429, Response: ${JSON.stringify(openaiErrors.rateLimit)}`,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('for an empty purse is terminal although its status is 429', async () => {
    const thrown = await fails(429, openaiErrors.quota, { 'retry-after': '7' });

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: expect.stringContaining('Check plan and billing') as string,
    });
  });

  it.each([500, 502, 503, 408, 409])('with status %i may pass', async (status) => {
    const thrown = await fails(status, openaiErrors.server);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: `Status: ${status}, Response: ${JSON.stringify(openaiErrors.server)}`,
    });
  });

  it.each([400, 403, 404, 422])('with status %i will not pass', async (status) => {
    const thrown = await fails(status, openaiErrors.noModel);

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'OpenAI API request failed',
      details: expect.stringMatching(new RegExp(`^Status: ${status}, Response: \\{"error"`)) as string,
    });
  });

  it('tells a body that is no JSON as it is', async () => {
    const thrown = await thrownBy(askOpenai((_request, response) => answerText(response, 502, '<h1>Bad gateway</h1>')));

    expect(thrown).toMatchObject({ details: 'Status: 502, Response: <h1>Bad gateway</h1>' });
  });

  it('of an unsupported parameter that was not sent is terminal', async () => {
    expect(await fails(400, openaiErrors.unsupported('top_p', 'unsupported_parameter'))).toBeInstanceOf(TerminalError);
  });

  const refusals: readonly (readonly [string, Answer])[] = [
    [
      'the content filter refuses the question',
      (_request, response) => answerJson(response, 400, openaiErrors.contentFilter),
    ],
    ['the content filter stops the answer', streams(piece({ content: 'First ' }) + piece({}, 'content_filter') + done)],
    [
      'the model refuses',
      streams(piece({ refusal: 'I cannot ' }) + piece({ refusal: 'help.' }) + piece({}, 'stop') + done),
    ],
  ];
  it.each(refusals)('is a modelled error when %s', async (_name, answer) => {
    const thrown = await thrownBy(askOpenai(answer));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'AI_REFUSED',
      message: expect.stringMatching(/^OpenAI refused to answer: \S/) as string,
    });
  });
});
