import type { RequestAccepted } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDefinition, emptyWorld } from '../testing/engine-world.ts';
import { bootedWorld } from '../testing/request-scenes.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway({ world: bootedWorld() });
});
afterEach(() => gateway.stop());

const question = { process: 'ai_query_process', variables: { user_query: 'What is a process?' } };
const ask = (body: unknown = question, headers: Record<string, string> = {}) =>
  gateway.call<RequestAccepted>('POST', '/v1/requests', { body, headers });

describe('asking for a process', () => {
  it('starts one user request with the key, the variables and a trace context', async () => {
    const { status, body } = await ask();

    expect(status).toBe(202);
    expect(body.state).toBe('RUNNING');
    expect(gateway.world.variables.get(body.requestId)).toEqual({
      process_key: 'ai_query_process',
      user_query: 'What is a process?',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/) as string,
    });
  });

  it('refuses an unknown process, names the nearest, and starts nothing', async () => {
    const { status, body } = await ask({ process: 'ai_qery_process' });

    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: {
        code: 'PROCOS_GATEWAY_UNKNOWN_PROCESS',
        message: 'No process "ai_qery_process" is deployed.',
        remedy: expect.stringContaining('Did you mean ai_query_process?') as string,
        data: { process: 'ai_qery_process', nearest: 'ai_query_process' },
      },
    });
    expect(gateway.world.instances).toEqual([]);
  });

  it('says so when the system is not booted', async () => {
    gateway.world.definitions = [];
    addDefinition(gateway.world, 'ai_query_process');

    const { status, body } = await ask();

    expect(status).toBe(503);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_NOT_BOOTED' } });
  });

  it.each([
    ['a missing process', {}, 'process is required', ['process']],
    ['a wrong type', { process: 7 }, 'process must be text', ['process']],
    ['an unknown field', { process: 'x', proces: 'canary' }, 'proces is not known here', ['proces']],
    [
      'a variable without a usable name',
      { process: 'x', variables: { '1 canary': 1 } },
      'variables holds a name that is not allowed: a letter or _ first',
      ['variables'],
    ],
    ['a prototype', '{"process":"x","variables":{"__proto__":{"canary":1}}}', 'variables', ['variables']],
  ])('refuses %s by field and rule, without its value', async (_, body, fault, fields) => {
    const answer = await ask(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_INPUT', data: { fields } } });
    expect((answer.body as unknown as { error: { message: string } }).error.message).toContain(fault);
    expect(JSON.stringify(answer.body)).not.toContain('canary');
  });

  it.each(['process_key', 'process_to_execute', 'traceparent'])(
    'refuses the variable %s, by which the system steers, and starts nothing',
    async (name) => {
      const { status, body } = await ask({
        ...question,
        variables: { ...question.variables, [name]: 'hello_email_process' },
      });

      expect(status).toBe(400);
      expect(body).toMatchObject({
        error: { code: 'PROCOS_GATEWAY_SYSTEM_NAME', message: expect.stringContaining(name) as string },
      });
      expect(gateway.world.instances).toEqual([]);
    },
  );

  it.each([
    ['a business key of 255 emoji', { ...question, businessKey: '😀'.repeat(255) }, 'businessKey'],
    ['a business key with NUL', { ...question, businessKey: 'a\0b' }, 'businessKey'],
    ['a process of 200 emoji', { process: '😀'.repeat(200) }, 'process'],
    ['a variable whose name has 510 code units', { ...question, variables: { ['𝒳'.repeat(255)]: 1 } }, 'variables'],
  ])('refuses %s, for which no column has room', async (_, given, field) => {
    const { status, body } = await ask(given);

    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: { code: 'PROCOS_GATEWAY_INPUT', message: expect.stringContaining(field) as string },
    });
  });

  it('finds nothing under a key with a slash, and keeps a business key of 127 emoji', async () => {
    expect(await ask({ process: 'a/b' })).toMatchObject({
      status: 404,
      body: { error: { code: 'PROCOS_GATEWAY_UNKNOWN_PROCESS' } },
    });
    expect(await gateway.call('GET', '/v1/process-definitions/a%2Fb')).toMatchObject({ status: 404 });
    expect(await ask({ ...question, businessKey: '😀'.repeat(127) })).toMatchObject({ status: 202 });
  });

  it('refuses JSON that is nested more deeply than the engine could read', async () => {
    const deep = (levels: number) =>
      `{"process":"ai_query_process","variables":{"user_query":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

    expect(await ask(deep(5_000))).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_HTTP_BODY_TOO_DEEP', data: { limit: 500 } } },
    });
    expect(await ask(deep(400))).toMatchObject({ status: 202 });
  });

  it('refuses a body that is no JSON', async () => {
    const { status, body } = await ask(JSON.stringify(question), { 'content-type': 'text/plain' });

    expect(status).toBe(415);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_BODY_TYPE' } });
  });

  it('answers 503 with a remedy while the engine is away', async () => {
    gateway.world.down = true;

    const { status, body } = await ask();

    expect(status).toBe(503);
    expect(body).toMatchObject({
      error: {
        code: 'PROCOS_GATEWAY_ENGINE_UNREACHABLE',
        message: 'The engine at http://engine.test:8080 does not answer.',
      },
    });
  });
});

describe('a gateway without its engine', () => {
  it('is not ready', async () => {
    const alone = await startGateway({ world: { ...emptyWorld(), down: true } });

    const readyz = await fetch(`${alone.url}/readyz`);
    await alone.stop();

    expect(readyz.status).toBe(503);
    expect(await readyz.json()).toMatchObject({ engine_reachable: false });
  });
});
