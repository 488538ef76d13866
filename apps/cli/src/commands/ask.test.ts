import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { runCli } from '../testing/captured-io.ts';
import { startFakeGateway } from '../testing/fake-gateway.ts';
import { sampleResult } from '../testing/samples.ts';

const accepted = { requestId: 'request-1', state: 'RUNNING' };

describe('procos ask', () => {
  it('runs ai_query_process and prints the answer with its source', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => sampleResult(),
    });

    const { exitCode, stdout } = await runCli([
      'ask',
      'What is a process?',
      '--max-tokens',
      '50',
      '--url',
      gateway.url,
    ]);

    expect(exitCode).toBe(0);
    expect(gateway.requests[0]?.body).toEqual({
      process: 'ai_query_process',
      variables: { user_query: 'What is a process?', ai_provider: 'auto', max_tokens: 50 },
    });
    expect(stdout).toBe('A process is work in steps.\n\nanswered by offline, none; npx procos show instance-1\n');
  });

  it('gives answer and path in one document with --json', async () => {
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => sampleResult(),
    });

    const { exitCode, stdout } = await runCli(['ask', 'What is a process?', '--json', '--url', gateway.url]);

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      answer: 'A process is work in steps.',
      path: [{ activityId: 'ask_ai' }, { activityId: 'query_answered' }],
    });
  });

  it('goes on waiting when a connection is lost: the question is being answered all the same', async () => {
    let polls = 0;
    const lostTwice = (_request: unknown, response: ServerResponse) =>
      (polls += 1) <= 2 ? void response.destroy() : sampleResult();
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': lostTwice,
    });

    const { exitCode, stdout } = await runCli(['ask', 'What is a process?', '--url', gateway.url]);

    expect({
      exitCode,
      polls,
      asked: gateway.requests.filter(({ route }) => route === 'POST /v1/requests').length,
    }).toEqual({ exitCode: 0, polls: 3, asked: 1 });
    expect(stdout).toContain('A process is work in steps.');
  });

  it('exits with 3 when the gateway stays away, and tells how to go on waiting', async () => {
    let stop = (): PromiseLike<void> => Promise.resolve();
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': (_request, response) => {
        response.destroy();
        void stop();
      },
    });
    stop = () => gateway[Symbol.asyncDispose]();

    const { exitCode, stderr } = await runCli(['ask', 'Hello', '--url', gateway.url, '--timeout', '1']);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 3 });
    expect(stderr).toContain('request-1');
  });

  it('exits with 1 and tells the field and why when the question is refused', async () => {
    const refused = sampleResult({
      ok: false,
      endEvent: { id: 'invalid_input', name: null, type: 'errorEndEvent' },
      variables: { validation_errors: [{ field: 'max_tokens', rule: 'maximum', message: 'must be <= 4000' }] },
    });
    await using gateway = await startFakeGateway({
      'POST /v1/requests': () => accepted,
      'GET /v1/requests/:id': () => refused,
    });

    const { exitCode, stdout } = await runCli(['ask', 'Hello', '--max-tokens', '9999', '--url', gateway.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain('✗ ai_query_process failed at invalid_input');
    expect(stdout).toContain('max_tokens: must be <= 4000');
  });
});
