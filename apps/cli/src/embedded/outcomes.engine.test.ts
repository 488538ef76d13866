import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceSummary, InstanceView } from '@procos/api-client';
import type { ProcosEvent } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createInMemoryEventBus } from '@procos/event-bus';
import { silentLogger } from '@procos/logging';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

const engine = createEngineClient(inject('engine'));
const key = `outcome_${randomUUID().slice(0, 8)}`;
const published: ProcosEvent[] = [];
const closing: (() => Promise<unknown>)[] = [];
let url = '';

const model = (id: string, inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${id}_d" targetNamespace="https://procos.dev/test">
  <error id="refused" errorCode="REFUSED"/>
  <process id="${id}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="work"/>${inside}
  </process>
</definitions>`;
const end = '<sequenceFlow id="f2" sourceRef="work" targetRef="ended"/><endEvent id="ended"/>';
const task = `<serviceTask id="work" camunda:type="external" camunda:topic="${key}"/>`;
const errorEnd = '<endEvent id="work"><errorEventDefinition errorRef="refused"/></endEvent>';
const call = (called: string) => `<callActivity id="work" calledElement="${key}_${called}"/>`;
const caughtBy = (reference: string) =>
  `<boundaryEvent id="caught" attachedToRef="work"><errorEventDefinition ${reference}/></boundaryEvent><sequenceFlow id="f3" sourceRef="caught" targetRef="mended"/><endEvent id="mended"/>`;
const byCode = caughtBy('errorRef="refused"');
const byAny = caughtBy('');
const items = task.replace(
  '/>',
  '><multiInstanceLoopCharacteristics isSequential="false"><loopCardinality xsi:type="tFormalExpression">3</loopCardinality></multiInstanceLoopCharacteristics></serviceTask>',
);

const models = {
  plain: model(`${key}_plain`, `${task}${end}`),
  ended: model(`${key}_ended`, errorEnd),
  uncaught: model(`${key}_uncaught`, `${task}${end}`),
  caught: model(`${key}_caught`, `${task}${end}${byCode}`),
  last: model(`${key}_last`, task),
  each: model(`${key}_each`, `${items}${end}`),
  calls_ended: model(`${key}_calls_ended`, `${call('ended')}${end}${byCode}`),
  calls_task: model(`${key}_calls_task`, `${call('uncaught')}${end}${byCode}`),
  calls_any: model(`${key}_calls_any`, `${call('ended')}${end}${byAny}`),
  calls_on: model(`${key}_calls_on`, `${call('calls_through')}${end}${byAny}`),
  calls_through: model(`${key}_calls_through`, `${call('ended')}${end}`),
};

beforeAll(async () => {
  // Each app is loaded only where it runs.
  const [{ declaration: declaredBridge }, { declaration: declaredGateway }] = await Promise.all([
    import('@procos/event-bridge'),
    import('@procos/gateway'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'outcomes-'));
  const eventBus = createInMemoryEventBus({ name: key, onHandlerError: () => undefined });
  await eventBus.subscribe(
    'process.#',
    (event) => void (event.type.startsWith(`process.${key}_`) && published.push(event)),
  );
  const resources = Object.fromEntries(Object.entries(models).map(([name, xml]) => [`${name}.bpmn`, xml]));
  await engine.repository.deploy({ name: key, source: 'test', resources });
  const parts = {
    env: {
      CAMUNDA_URL: inject('engine').baseUrl,
      PROCOS_ENGINE_USER: inject('engine').user,
      PROCOS_ENGINE_PASSWORD: inject('engine').password,
      PROCOS_EVENT_BRIDGE_PORT: '0',
      PROCOS_GATEWAY_PORT: '0',
      PROCOS_EVENT_POLL_MS: '50',
      PROCOS_EVENT_FROM: 'now',
      PROCOS_EVENT_CURSOR_FILE: join(folder, 'cursor.json'),
    },
    logger: silentLogger,
    eventBus: () => eventBus,
    directory: createInMemoryServiceDirectory([]),
    supervisor: undefined,
  };
  const [{ app: bridge }, { app: gateway }] = [
    await declaredBridge.assembleAmongOthers(parts),
    await declaredGateway.assembleAmongOthers(parts),
  ];
  await bridge.start();
  await gateway.start();
  url = gateway.url();
  closing.push(
    () => gateway.stop(),
    () => bridge.stop(),
    () => eventBus.close(),
    () => engine.close(),
    () => rm(folder, { recursive: true }),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

/** What a worker reports: an error for those that are to end in one, else a result. */
async function work(refused: ReadonlySet<string>): Promise<void> {
  for (let idle = 0; idle < 2; ) {
    const topics = [{ topicName: key, lockDuration: 10_000 }];
    const tasks = await engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 20, topics, waitMs: 1_000 });
    for (const { id, processDefinitionKey } of tasks)
      await (refused.has(processDefinitionKey)
        ? engine.externalTasks.bpmnError(id, 'w', { code: 'REFUSED', message: 'no' })
        : engine.externalTasks.complete(id, 'w'));
    idle = tasks.length === 0 ? idle + 1 : 0;
  }
}

async function list(query = ''): Promise<readonly InstanceSummary[]> {
  const response = await fetch(`${url}/v1/instances?limit=200${query}`);
  if (!response.ok) throw new Error(await response.text());
  const { instances } = (await response.json()) as { instances: readonly InstanceSummary[] };
  return instances.filter(({ processKey }) => processKey.startsWith(key));
}

const view = async (id: string) => (await (await fetch(`${url}/v1/instances/${id}`)).json()) as InstanceView;

const wordOf = { completed: 'COMPLETED', failed: 'FAILED', terminated: 'TERMINATED' } as const;
const nameOf = (text: string) => text.replace(`${key}_`, '');

describe('events, lists and views of the same instances', () => {
  it('say the same of how each has ended, where, and under which code', async () => {
    const started = Object.keys(models).filter((name) => name !== 'calls_through');
    for (const name of started) await engine.runtime.startByKey(`${key}_${name}`);
    await work(new Set(['uncaught', 'caught', 'last'].map((name) => `${key}_${name}`)));
    const killed = await engine.runtime.startByKey(`${key}_plain`);
    await engine.runtime.deleteInstance(killed.id, 'no longer needed');
    const all = await list();
    expect(all.every(({ state }) => state !== 'RUNNING')).toBe(true);

    const ends = () => published.filter(({ type }) => /\.(?:completed|failed|terminated)$/.test(type));
    await vi.waitFor(() => expect(ends()).toHaveLength(all.length), { timeout: 60_000, interval: 200 });
    const byEvent = ends().map(({ subject, type, data }) => {
      const word = type.slice(type.lastIndexOf('.') + 1) as keyof typeof wordOf;
      return `${subject ?? ''} ${nameOf(String(data['processKey']))} ${wordOf[word]} ${String(data['errorCode'])}`;
    });
    const views = await Promise.all(all.map(({ id }) => view(id)));
    const shown = (one: InstanceView) =>
      one.state === 'FAILED' && one.error?.code !== 'UNKNOWN_ERROR' ? one.error?.code : undefined;
    expect(views.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual(
      all.map(({ id, state }) => `${id} ${state}`).toSorted(),
    );
    expect(
      views.map((one) => `${one.id} ${nameOf(one.processKey)} ${one.state} ${String(shown(one))}`).toSorted(),
    ).toEqual(byEvent.toSorted());

    const outcomes = byEvent.map((line) => line.slice(line.indexOf(' ') + 1)).toSorted();
    expect(outcomes).toEqual([
      'calls_any COMPLETED undefined',
      'calls_ended COMPLETED undefined',
      'calls_on COMPLETED undefined',
      'calls_task COMPLETED undefined',
      'calls_through FAILED REFUSED',
      'caught COMPLETED undefined',
      'each COMPLETED undefined',
      // Three of them were called.
      ...Array.from({ length: 4 }, () => 'ended FAILED REFUSED'),
      // Nothing leads on from its task: the history does not tell an error there from a result.
      'last COMPLETED undefined',
      'plain COMPLETED undefined',
      'plain TERMINATED undefined',
      'uncaught FAILED REFUSED',
      'uncaught FAILED undefined',
    ]);
    for (const state of ['FAILED', 'COMPLETED', 'TERMINATED'] as const) {
      const expected = all.filter((one) => one.state === state).map(({ id }) => id);
      expect((await list(`&state=${state}`)).map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
    }
  }, 120_000);
});
