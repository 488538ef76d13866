import { processKeys, type RequestAccepted, type RequestView } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addIncident } from '../testing/engine-world.ts';
import { bootedWorld, callProcess, finishBoth } from '../testing/request-scenes.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway({ world: bootedWorld() });
});
afterEach(() => gateway.stop());

const question = { process: 'ai_query_process', variables: { user_query: 'What is a process?' } };
const ask = () => gateway.call<RequestAccepted>('POST', '/v1/requests', { body: question });
const look = (id: string, query = '') => gateway.call<RequestView>('GET', `/v1/requests/${id}${query}`);
const requestsStarted = () =>
  gateway.world.instances.filter((one) => one.processDefinitionKey === processKeys.userRequest);

describe('looking at a request', () => {
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

    expect(body).toMatchObject({
      state: 'COMPLETED',
      ok: true,
      instanceId: called.id,
      variables: { ai_response: 'A process is …' },
    });
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

    expect((await look(requestId)).body).toMatchObject({
      state: 'COMPLETED',
      ok: false,
      endEvent: { id: 'invalid_input', type: 'errorEndEvent' },
    });
  });

  it('waits until it has ended, and asks the engine once for many waiters', async () => {
    const { requestId } = (await ask()).body;
    const called = callProcess(gateway.world, requestId);
    const waiting = Array.from({ length: 50 }, () => look(requestId, '?waitMs=5000'));
    await vi.waitFor(() => expect(gateway.world.calls.filter((name) => name === 'instance')).toHaveLength(50), 10_000);
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
      addIncident(gateway.world, request, {
        activityId: 'execute_user_process',
        configuration: null,
        rootCauseIncidentId: cause.id,
      });
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
    await vi.waitFor(() => expect(gateway.world.calls).toContain('instances'), 10_000);

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
