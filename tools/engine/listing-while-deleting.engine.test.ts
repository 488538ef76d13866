import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createEngineClient } from '@procos/engine-client';

const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());

const run = `listed_${randomUUID().slice(0, 8)}`;
const model = (key: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_d" targetNamespace="https://procos.dev/test">
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D"><startEvent id="begun"/></process>
</definitions>`;

describe('the list of what is deployed', () => {
  it('comes whole, however many deployments are deleted while the engine puts it together', {
    timeout: 60_000,
  }, async () => {
    const { repository } = engine;
    let isOver = false;
    const comeAndGo = async (key: string) => {
      while (!isOver) {
        const { id } = await repository.deploy({ name: key, source: key, resources: { [`${key}.bpmn`]: model(key) } });
        await repository.deleteDeployment(id, true);
      }
    };
    const changes = ['a', 'b', 'c'].map((name) => comeAndGo(`${run}_${name}`));
    const lists = await Promise.allSettled(
      Array.from({ length: 4 }, async () => {
        for (let asked = 0; asked < 30; asked += 1) await repository.latestDefinitions();
      }),
    );
    isOver = true;
    await Promise.all(changes);

    expect(lists).toHaveLength(4);
    expect(lists.flatMap((list) => (list.status === 'rejected' ? [String(list.reason)] : []))).toEqual([]);
  });
});
