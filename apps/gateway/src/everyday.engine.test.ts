import { randomUUID } from 'node:crypto';
import type {
  DefinitionsChanged,
  DeploymentResult,
  InstanceSummary,
  InstanceView,
  Sent,
  UserTaskView,
} from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { caseFile } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningGateway, startGateway } from './testing/running-gateway.ts';

const engine = createEngineClient(inject('engine'));
const run = randomUUID().slice(0, 8);
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startGateway({ engine });
});
// Stopping the gateway closes the engine client too.
afterAll(() => gateway.stop());

const definitions =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="https://procos.dev/test"';
const model = (key: string, inside: string, before = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions ${definitions}>${before}<process id="${key}" name="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">${inside}</process></definitions>`;
const flow = (id: string, from: string, to: string) =>
  `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
const waiting = (key: string) =>
  model(
    key,
    `<startEvent id="begin" name="Begin"/><userTask id="wait" name="Wait"/><endEvent id="done" name="Done"/>${flow('a', 'begin', 'wait')}${flow('b', 'wait', 'done')}`,
  );

/** Past the gateway: what is under test is what can be done with what is deployed, not the lint. */
async function deploy(key: string, xml: string): Promise<string> {
  return (await engine.repository.deploy({ name: key, source: 'everyday test', resources: { [`${key}.bpmn`]: xml } }))
    .id;
}
const start = async (key: string, businessKey?: string) =>
  (await engine.runtime.startByKey(key, businessKey === undefined ? {} : { businessKey })).id;
const listed = async (query: string) =>
  (await gateway.call<{ instances: InstanceSummary[]; total: number }>('GET', `/v1/instances?${query}`)).body;
const codeOf = (body: unknown) => (body as { error: { code: string } }).error.code;

describe('a deployed process', () => {
  it('is suspended, obeyed by every start, and resumed', async () => {
    const key = `switched_${run}`;
    await deploy(key, waiting(key));

    const suspended = await gateway.call<DefinitionsChanged>('POST', `/v1/process-definitions/${key}/suspend`, {
      body: {},
    });
    const refused = await gateway.call('POST', '/v1/requests', { body: { process: key } });
    const resumed = await gateway.call('POST', `/v1/process-definitions/${key}/resume`, { body: { version: 1 } });

    expect(suspended).toMatchObject({ status: 200, body: { key, versions: [1], instances: 0 } });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'PROCOS_GATEWAY_SUSPENDED', message: expect.stringContaining(key) as string } },
    });
    expect(resumed.status).toBe(200);
    expect((await engine.repository.latestDefinition(key))?.suspended).toBe(false);
  });

  it('is deleted by version or whole, and what runs is said before it is ended', async () => {
    const key = `deleted_${run}`;
    await deploy(key, waiting(key));
    await deploy(key, waiting(key).replace('name="Done"', 'name="Done now"'));
    await start(key);

    const refused = await gateway.call('DELETE', `/v1/process-definitions/${key}`);
    const first = await gateway.call('DELETE', `/v1/process-definitions/${key}?version=1`);
    const missing = await gateway.call('DELETE', `/v1/process-definitions/${key}?version=1`);
    const all = await gateway.call('DELETE', `/v1/process-definitions/${key}?cascade=true`);

    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'PROCOS_GATEWAY_INSTANCES_RUN', data: { count: 1 } } },
    });
    expect(first).toMatchObject({ status: 200, body: { versions: [1], instances: 0 } });
    expect([missing.status, codeOf(missing.body)]).toEqual([404, 'PROCOS_GATEWAY_UNKNOWN_VERSION']);
    expect(all).toMatchObject({ status: 200, body: { versions: [2], instances: 1 } });
    expect((await gateway.call('GET', `/v1/process-definitions/${key}`)).status).toBe(404);
  });

  it('goes with its deployment', async () => {
    const key = `deployed_${run}`;
    const id = await deploy(key, waiting(key));
    await start(key);

    expect(await gateway.call('DELETE', `/v1/deployments/${id}`)).toMatchObject({
      status: 409,
      body: { error: { code: 'PROCOS_GATEWAY_INSTANCES_RUN' } },
    });
    expect(await gateway.call('DELETE', `/v1/deployments/${id}?cascade=true`)).toMatchObject({
      status: 200,
      body: { definitions: [{ key, versions: [1], instances: 1 }] },
    });
    expect(await gateway.call('DELETE', `/v1/deployments/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('messages and signals', () => {
  const key = `posted_${run}`;
  const message = `Paid ${run}`;
  const signal = `Closing ${run}`;
  const starting = `Order ${run}`;
  beforeAll(async () => {
    const names = `<message id="m" name="${message}"/><message id="o" name="${starting}"/><signal id="s" name="${signal}"/>`;
    const catching =
      '<intermediateCatchEvent id="paid"><messageEventDefinition id="pm" messageRef="m"/></intermediateCatchEvent><intermediateCatchEvent id="closing"><signalEventDefinition id="cs" signalRef="s"/></intermediateCatchEvent>';
    const inside = `<startEvent id="begin"/><startEvent id="ordered"><messageEventDefinition id="om" messageRef="o"/></startEvent>${catching}<endEvent id="done"/>`;
    await deploy(
      key,
      model(
        key,
        `${inside}${flow('a', 'begin', 'paid')}${flow('o2', 'ordered', 'paid')}${flow('b', 'paid', 'closing')}${flow('c', 'closing', 'done')}`,
        names,
      ),
    );
  });
  const send = (body: object) => gateway.call<Sent>('POST', '/v1/messages', { body });

  it('reach the instance that waits, by its business key, and say so', async () => {
    const id = await start(key, `bill-${run}`);

    const sent = await send({ name: message, businessKey: `bill-${run}`, variables: { amount: 12.5 } });
    const signalled = await gateway.call<Sent>('POST', '/v1/signals', { body: { name: signal } });

    expect(sent).toMatchObject({
      status: 200,
      body: { name: message, receivers: [{ outcome: 'received', instanceId: id, processKey: key }] },
    });
    expect(signalled.body.receivers).toContainEqual({
      outcome: 'received',
      instanceId: id,
      processKey: key,
      activityId: 'closing',
    });
    expect((await gateway.call<InstanceView>('GET', `/v1/instances/${id}`)).body).toMatchObject({
      state: 'COMPLETED',
      variables: { amount: 12.5 },
    });
  });

  it('start what begins with them', async () => {
    expect(await send({ name: starting })).toMatchObject({
      status: 200,
      body: { receivers: [{ outcome: 'started', processKey: key }] },
    });
    await send({ name: message, all: true });
    await gateway.call('POST', '/v1/signals', { body: { name: signal } });
  });

  it('for nobody, or for several, name who waits', async () => {
    const none = await send({ name: `Paid ${run.slice(0, -1)}` });
    const ids = [await start(key, `twice-${run}`), await start(key, `twice-${run}`)];
    const several = await send({ name: message, businessKey: `twice-${run}` });
    const otherwise = await send({ name: message, businessKey: 'nobody' });
    const both = await send({ name: message, businessKey: `twice-${run}`, all: true });
    const noSignal = await gateway.call('POST', '/v1/signals', { body: { name: 'nobody listens' } });

    expect(none).toMatchObject({ status: 404, body: { error: { code: 'PROCOS_GATEWAY_NOBODY_WAITS' } } });
    expect(several).toMatchObject({
      status: 409,
      body: {
        error: { code: 'PROCOS_GATEWAY_SEVERAL_WAIT', remedy: expect.stringContaining(ids[0] ?? '?') as string },
      },
    });
    expect(otherwise).toMatchObject({
      status: 404,
      body: { error: { remedy: expect.stringContaining(ids[1] ?? '?') as string } },
    });
    expect(both.body.receivers.map(({ instanceId }) => instanceId).toSorted()).toEqual(ids.toSorted());
    expect(noSignal).toMatchObject({
      status: 404,
      body: { error: { remedy: expect.stringContaining(signal) as string } },
    });
  });

  it.each(['UserRequest', 'ShutdownSignal', 'SystemRestarted'])(
    'that steer the system are refused: %s',
    async (name) => {
      expect(await send({ name })).toMatchObject({
        status: 409,
        body: { error: { code: 'PROCOS_GATEWAY_SYSTEM_MESSAGE' } },
      });
    },
  );
});

describe('the forms of a process', () => {
  const key = `human_${run}`;
  beforeAll(() => deploy(key, caseFile('bpmn', 'human.bpmn').toString().replace('id="human"', `id="${key}"`)));
  const taskOf = async (instance: string) =>
    (await gateway.call<{ tasks: UserTaskView[] }>('GET', `/v1/user-tasks?instance=${instance}`)).body.tasks[0];

  it('are checked field by field before anything starts', async () => {
    const form = await gateway.call('GET', `/v1/process-definitions/${key}/start-form`);
    const missing = await gateway.call('POST', '/v1/requests', { body: { process: key, variables: { amount: 3 } } });

    expect(form.body).toMatchObject({
      formKey: null,
      fields: [{ id: 'customer', label: 'Customer', type: 'string', required: true, value: null }],
    });
    expect(missing).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_GATEWAY_FORM', data: { fields: ['customer'] } } },
    });
  });

  it('of a task are shown, checked, and completed with their types and defaults', async () => {
    const { id: instance } = await engine.runtime.startByKey(key, {
      variables: { customer: 'Ada', clerk: 'bob', amount: 3 },
    });
    const task = await taskOf(instance);
    const complete = (variables: object) =>
      gateway.call('POST', `/v1/user-tasks/${task?.id}/complete`, { body: { variables } });

    const wrong = await complete({ approved: 'perhaps', limit: 11, colour: 'blue', when: '2026-04-31' });
    const seen = await gateway.call<InstanceView>('GET', `/v1/instances/${instance}`);
    const right = await complete({ approved: true, limit: 10, when: '2026-04-30' });

    expect(task?.form.fields.map(({ id, type, value }) => [id, type, value])).toEqual([
      ['approved', 'boolean', false],
      ['limit', 'long', null],
      ['colour', 'enum', 'r'],
      ['when', 'date', null],
    ]);
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_GATEWAY_FORM', data: { fields: ['approved', 'limit', 'colour', 'when'] } } },
    });
    expect(seen.body.userTasks).toMatchObject([
      { id: task?.id, name: 'Approve 3', instanceId: instance, assignee: 'bob' },
    ]);
    expect(right).toMatchObject({
      status: 200,
      body: { taskId: task?.id, variables: { approved: true, colour: 'r' } },
    });
    expect(await engine.runtime.incidents({ processInstanceId: instance })).toEqual([]);
    expect((await gateway.call<InstanceView>('GET', `/v1/instances/${instance}`)).body).toMatchObject({
      endEvent: { id: 'yes' },
      variables: { limit: 10, colour: 'r' },
    });
  });
});

describe('instances in lists', () => {
  const key = `ending_${run}`;
  beforeAll(async () => {
    const inside = `<startEvent id="begin"/><exclusiveGateway id="g" default="well"/><endEvent id="good"/><endEvent id="bad"><errorEventDefinition id="be" errorRef="e"/></endEvent>`;
    const flows = `${flow('a', 'begin', 'g')}${flow('well', 'g', 'good')}<sequenceFlow id="ill" sourceRef="g" targetRef="bad"><conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="tFormalExpression">\${execution.processBusinessKey == 'fail'}</conditionExpression></sequenceFlow>`;
    await deploy(key, model(key, inside + flows, '<error id="e" name="Failed" errorCode="FAILED"/>'));
    for (const businessKey of ['fine', 'fail', 'fine', 'fail', 'fine']) await start(key, businessKey);
  });

  it('that ended in an error are FAILED, wherever they are looked at, and found as such', async () => {
    const all = await listed(`process=${key}`);
    const failed = await listed(`process=${key}&state=FAILED`);
    const completed = await listed(`process=${key}&state=COMPLETED`);
    const [one] = failed.instances;

    expect(all.instances.map(({ businessKey, state }) => `${businessKey} ${state}`).toSorted()).toEqual([
      'fail FAILED',
      'fail FAILED',
      'fine COMPLETED',
      'fine COMPLETED',
      'fine COMPLETED',
    ]);
    expect([failed.total, failed.instances.map(({ businessKey }) => businessKey)]).toEqual([2, ['fail', 'fail']]);
    expect([completed.total, completed.instances.map(({ businessKey }) => businessKey)]).toEqual([
      3,
      ['fine', 'fine', 'fine'],
    ]);
    expect((await gateway.call<InstanceView>('GET', `/v1/instances/${one?.id}`)).body.state).toBe('FAILED');
  });

  it('are all within reach, page by page, each once', async () => {
    const pages = [
      await listed(`process=${key}&limit=2`),
      await listed(`process=${key}&limit=2&offset=2`),
      await listed(`process=${key}&limit=2&offset=4`),
      await listed(`process=${key}&limit=2&offset=6`),
    ];

    expect(pages.map(({ instances, total }) => [instances.length, total])).toEqual([
      [2, 5],
      [2, 5],
      [1, 5],
      [0, 5],
    ]);
    expect(new Set(pages.flatMap(({ instances }) => instances.map(({ id }) => id))).size).toBe(5);
    const secondFailed = await listed(`process=${key}&state=FAILED&limit=1&offset=1`);
    expect([secondFailed.total, secondFailed.instances.length]).toEqual([2, 1]);
  });
});

it('a process of the system is neither suspended nor deleted, but a version of one’s own on top of it is', async () => {
  const key = 'procos_file_operation';
  await engine.repository.deploy({
    name: key,
    source: 'ProcOS Microkernel',
    resources: { [`${key}.bpmn`]: waiting(key) },
  });
  const { body } = await gateway.call<DeploymentResult>('POST', '/v1/deployments', {
    body: { files: [{ name: `${key}.bpmn`, content: waiting(key).replace('name="Done"', 'name="Mine"') }] },
  });
  const own = body.definitions[0]?.version;

  expect(await gateway.call('POST', `/v1/process-definitions/${key}/suspend`, { body: {} })).toMatchObject({
    status: 409,
    body: { error: { code: 'PROCOS_GATEWAY_SYSTEM_PROCESS' } },
  });
  expect(await gateway.call('DELETE', `/v1/process-definitions/${key}?cascade=true`)).toMatchObject({
    status: 409,
    body: { error: { code: 'PROCOS_GATEWAY_SYSTEM_PROCESS' } },
  });
  expect(await gateway.call('DELETE', `/v1/process-definitions/${key}?version=${own}`)).toMatchObject({ status: 200 });
});
