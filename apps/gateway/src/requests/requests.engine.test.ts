import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type IncidentView,
  type InstanceSummary,
  type InstanceView,
  processKeys,
  type RequestAccepted,
  type RequestView,
} from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { caseFile, createProcessDriver, eventually } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { answered, failingModelOf, modelOf } from '../testing/models.ts';
import { type RunningGateway, startGateway } from '../testing/running-gateway.ts';

const engine = createEngineClient(inject('engine'));
const driver = createProcessDriver(engine);
/** A second pair of hands: a worker does not take again what it has failed to do. */
const secondDriver = createProcessDriver(engine);
const run = randomUUID().slice(0, 8);
const keys = { calling: `calling_${run}`, failing: `failing_${run}` };
const requestModel = new URL(
  '../../../../processes/system/procos_user_request/procos_user_request.bpmn',
  import.meta.url,
);
let gateway: RunningGateway;

/** Asks for a process and lets the request be routed to it. */
async function ask(process: string, variables: Record<string, unknown> = {}): Promise<string> {
  const { body } = await gateway.call<RequestAccepted>('POST', '/v1/requests', { body: { process, variables } });
  await (await driver.takeTask('request_routing', body.requestId)).complete({ process_to_execute: process });
  return body.requestId;
}
const look = async (requestId: string, waitMs = 0) =>
  (await gateway.call<RequestView>('GET', `/v1/requests/${requestId}?waitMs=${waitMs}`)).body;
const calledBy = async (requestId: string) =>
  (await driver.calledInstances(requestId, 'execute_user_process'))[0] ?? '';
const incidentsOf = async (instanceId: string) => {
  const { body } = await gateway.call<{ incidents: IncidentView[] }>('GET', '/v1/incidents');
  return body.incidents.filter((incident) => incident.instanceId === instanceId);
};

beforeAll(async () => {
  gateway = await startGateway({ engine });
  const models = {
    'user-request.bpmn': readFileSync(requestModel, 'utf8'),
    'calling.bpmn': modelOf(keys.calling),
    'failing.bpmn': failingModelOf(keys.failing),
  };
  await gateway.call('POST', '/v1/deployments', {
    body: { files: Object.entries(models).map(([name, content]) => ({ name, content })) },
  });
});
// Stopping the gateway closes the engine client too.
afterAll(() => gateway.stop());

describe('a request on a real engine', () => {
  it('keeps every digit of a long integer, from the text that was sent to the text of the view', async () => {
    const { text_to_send } = JSON.parse(caseFile('data', 'big-integer-request.json').toString('utf8')) as {
      text_to_send: string;
    };
    const sent = await fetch(`${gateway.url}/v1/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text_to_send.replace('probe_two_steps', keys.calling),
    });
    const { requestId } = (await sent.json()) as RequestAccepted;
    await (await driver.takeTask('request_routing', requestId)).complete({ process_to_execute: keys.calling });
    const instanceId = await calledBy(requestId);

    const view = await (await fetch(`${gateway.url}/v1/instances/${instanceId}`)).text();

    expect(view).toContain('"p_id":7615917337495251231');
    await engine.runtime.deleteInstance(requestId, 'It has been looked at');
  });

  it('runs, is waited for, and shows path and variables of the called process', async () => {
    const requestId = await ask(keys.calling, { url: 'http://service.test/', list: ['a', { b: 1 }] });
    const waiting = look(requestId, 20_000);
    const instanceId = await calledBy(requestId);
    expect(await look(requestId)).toMatchObject({
      state: 'RUNNING',
      instanceId,
      path: [{ activityId: 'begun' }, { activityId: 'call', state: 'active' }],
    });

    await (await driver.takeTask('http_request', instanceId)).complete(answered);
    const view = await waiting;

    expect(view).toMatchObject({
      state: 'COMPLETED',
      ok: true,
      processKey: keys.calling,
      endEvent: { id: 'ended', type: 'noneEndEvent' },
      incidents: [],
    });
    // The headers of an answer stay with their task, unless it maps them.
    const { headers: _ofTheTask, ...kept } = answered;
    expect(view.variables).toMatchObject({ url: 'http://service.test/', list: ['a', { b: 1 }], ...kept });
    expect(view.variables).not.toHaveProperty('headers');
    expect(view.path.map((entry) => `${entry.activityId} ${entry.state}`)).toEqual([
      'begun completed',
      'call completed',
      'ended completed',
    ]);
    expect(view.requestPath.map((entry) => entry.activityId)).toEqual([
      'wait_for_requests',
      'route_user_request',
      'execute_user_process',
      'request_done',
    ]);
  });

  it('that ends in a modelled failure is completed and not ok, and names the end event of the called process', async () => {
    const requestId = await ask(keys.failing);
    const handling = await driver.takeTask('error_handling', requestId);
    await handling.complete({
      error_report: { code: 'BROKEN', message: '', process: keys.failing, advice: '', reported_at: '' },
    });

    const view = await look(requestId, 20_000);

    expect(view).toMatchObject({ state: 'COMPLETED', ok: false, endEvent: { id: 'broken', type: 'errorEndEvent' } });
  });

  it('that an incident stops is told at once, retried, and goes on', async () => {
    const requestId = await ask(keys.calling, { url: 'http://service.test/' });
    const instanceId = await calledBy(requestId);
    const waiting = look(requestId, 20_000);
    await (await driver.takeTask('http_request', instanceId)).fail('no route to host');

    const stopped = await waiting;
    const [incident] = stopped.incidents;
    const listed = await incidentsOf(instanceId);
    const retried = await gateway.call('POST', `/v1/incidents/${incident?.id ?? ''}/retry`);

    expect(stopped).toMatchObject({
      state: 'RUNNING',
      incidents: [{ instanceId, activityId: 'call', message: 'no route to host', retryable: true }],
    });
    expect(listed).toEqual(stopped.incidents);
    expect(await incidentsOf(requestId)).toEqual([]);
    expect(retried).toMatchObject({ status: 200, body: { instanceId, retries: 1 } });
    expect(await incidentsOf(instanceId)).toEqual([]);
    await (await secondDriver.takeTask('http_request', instanceId)).complete(answered);
    expect(await look(requestId, 20_000)).toMatchObject({ state: 'COMPLETED', ok: true });
  });

  it('whose call cannot start is an incident of the engine itself, and can be retried', async () => {
    const { body } = await gateway.call<RequestAccepted>('POST', '/v1/requests', {
      body: { process: keys.calling, variables: { url: 'http://service.test/' } },
    });
    await (await driver.takeTask('request_routing', body.requestId)).complete({ process_to_execute: `nobody_${run}` });
    await driver.exhaustRetries(body.requestId);

    const [incident] = (await look(body.requestId, 20_000)).incidents;
    expect(incident).toMatchObject({ type: 'failedJob', activityId: 'execute_user_process', retryable: true });
    expect(
      (await gateway.call('POST', `/v1/incidents/${incident?.id ?? ''}/retry`, { body: { retries: 2 } })).status,
    ).toBe(200);
    await engine.runtime.deleteInstance(body.requestId, 'test is over');
  });

  it('is started once per Idempotency-Key, by two gateways at the same moment too', async () => {
    const other = await startGateway({ engine: createEngineClient(inject('engine')) });
    const send = (to: RunningGateway, url: string) =>
      to.call<RequestAccepted>('POST', '/v1/requests', {
        body: { process: keys.calling, variables: { url } },
        headers: { 'idempotency-key': run },
      });
    try {
      const answers = await Promise.all([gateway, other, gateway, other].map((to) => send(to, 'http://a.test/')));
      const later = await send(other, 'http://a.test/');
      const different = await send(other, 'http://b.test/');

      expect(new Set([...answers, later].map((answer) => answer.body.requestId)).size).toBe(1);
      expect(different).toMatchObject({ status: 409, body: { error: { code: 'PROCOS_GATEWAY_IDEMPOTENCY' } } });
      const { businessKey } = (await gateway.call<InstanceView>('GET', `/v1/instances/${later.body.requestId}`)).body;
      await eventually('one request left', async () => {
        const query = `?process=${processKeys.userRequest}&state=RUNNING&businessKey=${encodeURIComponent(businessKey ?? '')}`;
        const { body } = await gateway.call<{ instances: InstanceSummary[] }>('GET', `/v1/instances${query}`);
        return body.instances.length === 1 ? true : undefined;
      });
    } finally {
      await other.stop();
    }
  });
});

describe('a hundred requests at once', () => {
  /** One worker for all instances: a driver of its own for each would keep the engine busy with asking. */
  async function serve(
    topic: string,
    instances: ReadonlySet<string>,
    variables: Record<string, unknown>,
  ): Promise<void> {
    const served = new Set<string>();
    await eventually(
      `${instances.size} tasks of ${topic}`,
      async () => {
        const open = await engine.externalTasks.list({ topicName: topic });
        const own = open.filter((task) => instances.has(task.processInstanceId) && !served.has(task.processInstanceId));
        for (const { id, processInstanceId } of own) {
          await engine.externalTasks.lock(id, run, 60_000);
          await engine.externalTasks.complete(id, run, variables);
          served.add(processInstanceId);
        }
        return served.size === instances.size ? true : undefined;
      },
      60_000,
    );
  }

  async function ended(requestId: string): Promise<RequestView> {
    const view = await look(requestId, 30_000);
    return view.state === 'RUNNING' ? ended(requestId) : view;
  }

  it('all run side by side and are all answered', async () => {
    const body = { process: keys.calling, variables: { url: 'http://service.test/' } };
    const accepted = await Promise.all(
      Array.from({ length: 100 }, () => gateway.call<RequestAccepted>('POST', '/v1/requests', { body })),
    );
    const requestIds = accepted.map((answer) => answer.body.requestId);
    const waiting = requestIds.map(ended);
    await serve('request_routing', new Set(requestIds), { process_to_execute: keys.calling });
    const called = await eventually(
      'call of each request',
      async () => {
        const running = await engine.history.instances({ processDefinitionKey: keys.calling, unfinished: true });
        const ours = running.filter((instance) => requestIds.includes(instance.superProcessInstanceId ?? ''));
        return ours.length === 100 ? new Set(ours.map((instance) => instance.id)) : undefined;
      },
      60_000,
    );

    await serve('http_request', called, answered);
    const answers = await Promise.all(waiting);

    expect(answers.filter((answer) => answer.ok)).toHaveLength(100);
    expect(new Set(answers.map((answer) => answer.instanceId))).toEqual(called);
  }, 90_000);
});
