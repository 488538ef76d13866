import { processKeys, type RequestAccepted, type RequestView } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addDefinition, addIncident, emptyWorld } from '../testing/engine-world.ts';
import { bootedWorld, callProcess, finishBoth } from '../testing/request-scenes.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway({ world: bootedWorld() });
});
afterEach(() => gateway.stop());

const question = { process: 'ai_query_process', variables: { user_query: 'What is a process?' } };
const ask = (body: unknown = question, headers: Record<string, string> = {}) =>
  gateway.call<RequestAccepted>('POST', '/v1/requests', { body, headers });
const requestsStarted = () => gateway.world.instances.filter((one) => one.processDefinitionKey === processKeys.userRequest);

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
    ['a wrong type', { process: 7 }, 'process must be string', ['process']],
    ['an unknown field', { process: 'x', proces: 'canary' }, 'proces is not known here', ['proces']],
    ['a variable without a usable name', { process: 'x', variables: { '1 canary': 1 } }, 'variables', ['variables', 'variables']],
    ['a prototype', '{"process":"x","variables":{"__proto__":{"canary":1}}}', 'variables', ['variables', 'variables']],
  ])('refuses %s by field and rule, without its value', async (_, body, fault, fields) => {
    const answer = await ask(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_INPUT', data: { fields } } });
    expect((answer.body as unknown as { error: { message: string } }).error.message).toContain(fault);
    expect(JSON.stringify(answer.body)).not.toContain('canary');
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
      error: { code: 'PROCOS_GATEWAY_ENGINE_UNREACHABLE', message: 'The engine at http://engine.test:8080 does not answer.' },
    });
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'order 17' };

  it('gives the same request again, at once and after it has ended', async () => {
    const first = await ask(question, key);
    const second = await ask(question, key);
    finishBoth(gateway.world, callProcess(gateway.world, first.body.requestId), 'good');
    const third = await ask(question, key);

    expect([second.body.requestId, third.body.requestId]).toEqual([first.body.requestId, first.body.requestId]);
    expect(third.body.state).toBe('COMPLETED');
    expect(requestsStarted()).toHaveLength(1);
  });

  it('starts one request when many ask at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(question, key)));

    expect(new Set(answers.map((answer) => answer.body.requestId)).size).toBe(1);
    expect(requestsStarted()).toHaveLength(1);
  });

  it('ends its own request when another gateway was earlier', async () => {
    const other = await startGateway({ world: gateway.world });
    try {
      const [a, b] = await Promise.all([ask(question, key), other.call<RequestAccepted>('POST', '/v1/requests', { body: question, headers: key })]);

      expect(a.body.requestId).toBe(b.body.requestId);
      expect(requestsStarted().filter((one) => one.state === 'ACTIVE')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('is refused for another request', async () => {
    await ask(question, key);

    const { status, body } = await ask({ ...question, variables: { user_query: 'Something else' } }, key);

    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_IDEMPOTENCY' } });
    expect(requestsStarted()).toHaveLength(1);
  });

  it('cannot be combined with a business key', async () => {
    const { status, body } = await ask({ ...question, businessKey: 'mine' }, key);

    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_TWO_KEYS' } });
  });
});

describe('looking at a request', () => {
  const look = (id: string, query = '') => gateway.call<RequestView>('GET', `/v1/requests/${id}${query}`);

  it('shows it running before the process is called', async () => {
    const { body } = await ask();

    expect((await look(body.requestId)).body).toMatchObject({
      requestId: body.requestId,
      state: 'RUNNING',
      ok: false,
      processKey: 'ai_query_process',
      instanceId: null,
      endEvent: null,
      path: [],
      incidents: [],
    });
  });

  it('shows path, variables and end of the called process', async () => {
    const { requestId } = (await ask()).body;
    const called = callProcess(gateway.world, requestId);
    gateway.world.variables.set(called.id, { ai_response: 'A process is …' });
    finishBoth(gateway.world, called, 'good');

    const { body } = await look(requestId);

    expect(body).toMatchObject({ state: 'COMPLETED', ok: true, instanceId: called.id, variables: { ai_response: 'A process is …' } });
    expect(body.endEvent).toEqual({ id: 'query_answered', name: null, type: 'noneEndEvent' });
    expect(body.path.map((entry) => entry.activityId)).toEqual(['query_received', 'query_answered']);
    expect(body.requestPath.map((entry) => entry.activityId)).toEqual([
      'wait_for_requests',
      'route_user_request',
      'execute_user_process',
      'request_done',
    ]);
  });

  it('is not ok when the process ended in an error end event, although it completed', async () => {
    const { requestId } = (await ask()).body;
    finishBoth(gateway.world, callProcess(gateway.world, requestId), 'error');

    expect((await look(requestId)).body).toMatchObject({ state: 'COMPLETED', ok: false, endEvent: { id: 'invalid_input', type: 'errorEndEvent' } });
  });

  it('waits until it has ended, and asks the engine once for many waiters', async () => {
    const { requestId } = (await ask()).body;
    const called = callProcess(gateway.world, requestId);
    const waiting = Array.from({ length: 50 }, () => look(requestId, '?waitMs=5000'));
    await vi.waitFor(() => expect(gateway.world.calls.filter((name) => name === 'instance')).toHaveLength(50));
    gateway.world.calls.length = 0;

    setTimeout(() => finishBoth(gateway.world, called, 'good'), 300);
    const answers = await Promise.all(waiting);

    expect(answers.every((answer) => answer.body.state === 'COMPLETED')).toBe(true);
    expect(gateway.world.calls.filter((name) => name === 'instances').length).toBeLessThan(20);
  });

  it('stops waiting when an incident stops the called process, and shows the incident', async () => {
    const { requestId } = (await ask()).body;
    const called = callProcess(gateway.world, requestId);
    const [request] = gateway.world.instances;
    if (request === undefined) throw new Error('no request');

    setTimeout(() => {
      const cause = addIncident(gateway.world, called);
      addIncident(gateway.world, request, { activityId: 'execute_user_process', configuration: null, rootCauseIncidentId: cause.id });
    }, 100);
    const { body } = await look(requestId, '?waitMs=5000');

    expect(body).toMatchObject({
      state: 'RUNNING',
      incidents: [{ instanceId: called.id, processKey: 'ai_query_process', activityId: 'ask_ai', retryable: true }],
    });
  });

  it('answers after the wait although nothing has happened', async () => {
    const { requestId } = (await ask()).body;

    expect((await look(requestId, '?waitMs=80')).body.state).toBe('RUNNING');
  });

  it('asks the engine no more once the client has gone', async () => {
    const { requestId } = (await ask()).body;
    const gone = new AbortController();
    const waiting = gateway.call('GET', `/v1/requests/${requestId}?waitMs=30000`, { signal: gone.signal });
    await vi.waitFor(() => expect(gateway.world.calls).toContain('instances'));

    gone.abort();

    await expect(waiting).rejects.toThrow('aborted');
    await vi.waitFor(async () => {
      const before = gateway.world.calls.length;
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(gateway.world.calls.length).toBe(before);
    }, 3_000);
  });

  it.each([
    ['an unknown id', () => 'nobody'],
    ['an instance that is no request', () => callProcess(gateway.world, requestsStarted()[0]?.id ?? '').id],
  ])('answers 404 for %s', async (_, id) => {
    await ask();

    const { status, body } = await look(id());

    expect(status).toBe(404);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_UNKNOWN_REQUEST' } });
  });

  it.each(['-1', '30001', '1.5', 'soon', ''])('refuses waitMs=%s', async (value) => {
    const { status, body } = await look('x', `?waitMs=${value}`);

    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_INPUT', data: { fields: ['waitMs'] } } });
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
