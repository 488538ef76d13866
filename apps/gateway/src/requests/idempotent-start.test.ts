import { processKeys, type RequestAccepted } from '@procos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
const requestsStarted = () =>
  gateway.world.instances.filter((one) => one.processDefinitionKey === processKeys.userRequest);

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
      const [a, b] = await Promise.all([
        ask(question, key),
        other.call<RequestAccepted>('POST', '/v1/requests', { body: question, headers: key }),
      ]);

      expect(a.body.requestId).toBe(b.body.requestId);
      expect(requestsStarted().filter((one) => one.state === 'ACTIVE')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('leaves the request that was earlier, whichever id it has', async () => {
    // given: another gateway that has started it a moment before, seen only after our start
    const { instances } = gateway.world;
    const push = instances.push.bind(instances);
    instances.push = (...started) =>
      push(
        ...started.flatMap((own) => {
          const before = new Date(Date.parse(own.startTime) - 1).toISOString();
          return [own, { ...own, id: `z-${own.id}`, startTime: before }];
        }),
      );

    // when
    const { body } = await ask(question, key);

    // then
    expect(body.requestId).toMatch(/^z-/);
    expect(requestsStarted().filter(({ state }) => state === 'ACTIVE')).toMatchObject([{ id: body.requestId }]);
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

    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: 'PROCOS_GATEWAY_TWO_KEYS' } });
  });
});
