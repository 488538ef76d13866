import { randomUUID } from 'node:crypto';
import { createEngineClient } from '@procos/engine-client';
import { afterAll, describe, expect, inject, it } from 'vitest';

const { baseUrl, user, password } = inject('engine');
const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());

const key = `conflict_${randomUUID().slice(0, 8)}`;
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_d" targetNamespace="https://procos.dev/test">
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="later"/>
    <intermediateCatchEvent id="later"><timerEventDefinition id="t"><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>
    <sequenceFlow id="f2" sourceRef="later" targetRef="ended"/><endEvent id="ended"/>
  </process>
</definitions>`;
const many = Array.from({ length: 12 }, (_, index) => index + 1);

describe('requests that change the same thing at the same time', () => {
  it('are refused by the engine now and then, and never by its client', async () => {
    await engine.repository.deploy({ name: key, source: 'test', resources: { 'conflict.bpmn': model } });
    const { id } = await engine.runtime.startByKey(key);
    const [job] = await engine.runtime.jobs({ processInstanceId: id });
    const jobId = job?.id ?? '';
    const raw = async (retries: number) =>
      fetch(`${baseUrl}/job/${jobId}/retries`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ retries }),
      }).then(async (answer) => ({ status: answer.status, text: await answer.text() }));

    let refused: readonly { status: number; text: string }[] = [];
    for (let round = 0; round < 50 && refused.length === 0; round += 1)
      refused = (await Promise.all(many.map(raw))).filter(({ status }) => status >= 400);
    expect(refused[0]?.text).toContain('ENGINE-03005');

    for (let round = 0; round < 5; round += 1)
      await Promise.all(many.slice(0, 4).map((retries) => engine.runtime.setJobRetries(jobId, retries)));
    await engine.runtime.deleteInstance(id, 'The test is over.');
  });
});
