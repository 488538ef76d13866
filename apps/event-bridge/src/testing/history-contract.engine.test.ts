import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngineClient } from '@procos/engine-client';
import { afterAll, describe, inject } from 'vitest';
import { historyContract } from './history-contract.ts';

describe('the history of the real engine', () => {
  const client = createEngineClient(inject('engine'));
  const key = `past_${randomUUID().slice(0, 8)}`;
  const deployments: string[] = [];
  const start = async () => {
    const { id } = await client.runtime.startByKey(key);
    await delay(20);
    return id;
  };
  const work = async (processInstanceId: string) => {
    const [task] = await client.externalTasks.list({ processInstanceId });
    await client.externalTasks.lock(task?.id ?? '', key, 20_000);
    await client.externalTasks.complete(task?.id ?? '', key, {});
    await delay(20);
  };
  afterAll(async () => {
    for (const id of deployments) await client.repository.deleteDeployment(id);
    await client.close();
  });
  historyContract({
    client,
    key,
    since: Date.now() - 1,
    happen: async () => {
      for (const name of ['Past', 'Past once more']) {
        const resources = { [`${key}.bpmn`]: oneTask(key, name) };
        deployments.push((await client.repository.deploy({ name: key, source: 'contract', resources })).id);
        await delay(20);
      }
      const ids = [await start(), await start(), await start()] as const;
      for (const id of ids.slice(0, 2)) await work(id);
      return ids;
    },
  });
});

function oneTask(key: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <process id="${key}" name="${name}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="to_first" sourceRef="begun" targetRef="first"/>
    <serviceTask id="first" camunda:type="external" camunda:topic="${key}"/><sequenceFlow id="to_end" sourceRef="first" targetRef="ended"/>
    <endEvent id="ended"/>
  </process>
</definitions>`;
}
