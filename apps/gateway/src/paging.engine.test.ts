import { randomUUID } from 'node:crypto';
import { createEngineClient } from '@procos/engine-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RunningGateway, startGateway } from './testing/running-gateway.ts';

const engine = createEngineClient(inject('engine'));
const key = `many_${randomUUID().slice(0, 8)}`;
const count = 40;
const pageSize = 7;
const process = (id: string, step: string) => `<process id="${id}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="work"/>${step}
    <sequenceFlow id="f2" sourceRef="work" targetRef="ended"/><endEvent id="ended"/>
  </process>`;
const model = (id: string, content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${id}_d" targetNamespace="https://procos.dev/test">${content}</definitions>`;
const times = `<multiInstanceLoopCharacteristics><loopCardinality>${count}</loopCardinality></multiInstanceLoopCharacteristics>`;
const models = {
  caller: model(
    `${key}_caller`,
    process(`${key}_caller`, `<callActivity id="work" calledElement="${key}">${times}</callActivity>`),
  ),
  called: model(key, process(key, '<userTask id="work"/>')),
  failing: model(
    `${key}_failing`,
    process(
      `${key}_failing`,
      `<serviceTask id="work" camunda:type="external" camunda:topic="${key}">${times}</serviceTask>`,
    ),
  ),
};

let gateway: RunningGateway;
const started: string[] = [];
beforeAll(async () => {
  gateway = await startGateway({ engine });
  const resources = Object.fromEntries(Object.entries(models).map(([name, xml]) => [`${name}.bpmn`, xml]));
  await engine.repository.deploy({ name: key, source: 'test', resources });
  for (const name of [`${key}_caller`, `${key}_failing`]) started.push((await engine.runtime.startByKey(name)).id);
});
afterAll(async () => {
  for (const id of started) await engine.runtime.deleteInstance(id, 'The test is over.');
  await gateway.stop();
});

async function idsOfPages(path: string, list: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const { body } = await gateway.call<Record<string, { id: string; processKey?: string }[]>>(
      'GET',
      `${path}limit=${pageSize}&offset=${offset}`,
    );
    const page = body[list] ?? [];
    ids.push(...page.map(({ id }) => id));
    if (page.length < pageSize) return ids;
  }
}

/** All of them begin in one transaction, most in the same millisecond: their age alone does not tell them apart. */
describe('pages of what has begun in one moment', () => {
  it('hold each instance once', async () => {
    const ids = await idsOfPages(`/v1/instances?process=${key}&`, 'instances');

    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
  });

  it('hold each user task once', async () => {
    const ids = await idsOfPages('/v1/user-tasks?', 'tasks');

    expect(new Set(ids).size).toBe(ids.length);
    const mine = (await engine.userTasks.list({ processDefinitionKey: key })).map(({ id }) => id);
    expect(mine).toHaveLength(count);
    expect(mine.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('hold each incident once, the newest first', async () => {
    const topics = [{ topicName: key, lockDuration: 20_000 }];
    const tasks = await engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: count, topics, waitMs: 5_000 });
    for (const { id } of tasks)
      await engine.externalTasks.fail(id, 'w', { errorMessage: 'no', errorDetails: '', retries: 0, retryTimeout: 0 });
    const mine = (await engine.runtime.incidents({ processInstanceId: started[1] ?? '' })).map(({ id }) => id);
    const ids = await idsOfPages('/v1/incidents?', 'incidents');

    expect(new Set(ids).size).toBe(ids.length);
    expect([mine.length, mine.filter((id) => !ids.includes(id))]).toEqual([count, []]);
  });
});
