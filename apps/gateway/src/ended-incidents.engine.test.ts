import { randomUUID } from 'node:crypto';
import type { IncidentView, InstanceView } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type RunningGateway, startGateway } from './testing/running-gateway.ts';

const engine = createEngineClient(inject('engine'));
const key = `ended_${randomUUID().slice(0, 8)}`;
let gateway: RunningGateway;

const model = (id: string, work: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${id}_d" targetNamespace="https://procos.dev/test">
  <process id="${id}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="work"/>${work}
    <sequenceFlow id="f2" sourceRef="work" targetRef="ended"/><endEvent id="ended"/>
  </process>
</definitions>`;
const models = {
  task: model(`${key}_task`, `<serviceTask id="work" name="Work" camunda:type="external" camunda:topic="${key}"/>`),
  job: model(`${key}_job`, '<serviceTask id="work" camunda:asyncBefore="true" camunda:expression="${nowhere + 1}"/>'),
  caller: model(`${key}_caller`, `<callActivity id="work" calledElement="${key}_task"/>`),
};

beforeAll(async () => {
  gateway = await startGateway({ engine });
  const resources = Object.fromEntries(Object.entries(models).map(([name, xml]) => [`${name}.bpmn`, xml]));
  await engine.repository.deploy({ name: key, source: 'test', resources });
});
// Stopping the gateway closes the engine client too.
afterAll(() => gateway.stop());

const incidentsOf = async (id: string): Promise<readonly IncidentView[]> =>
  (await gateway.call<InstanceView>('GET', `/v1/instances/${id}`)).body.incidents;

async function failTask(times: number): Promise<void> {
  for (let retries = times - 1; retries >= 0; retries -= 1) {
    const topics = [{ topicName: key, lockDuration: 10_000 }];
    const [task] = await engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 1, topics, waitMs: 5_000 });
    await engine.externalTasks.fail(task?.id ?? '', 'w', {
      errorMessage: 'The bank refused',
      errorDetails: 'Status: 503, Response: busy\n    at pay (file:///place.js:1:1)\n→ Ask the bank.',
      retries,
      retryTimeout: 0,
    });
  }
}

describe('an incident that was open when its instance ended', () => {
  it('is told with message, details, attempts and remedy, also to the instance that has called it', async () => {
    const { id } = await engine.runtime.startByKey(`${key}_caller`);
    await failTask(2);
    const [open] = await incidentsOf(id);
    await gateway.call('DELETE', `/v1/instances/${id}`, { body: { reason: 'no longer needed' } });

    const shown = {
      code: 'PROCOS_INCIDENT_TASK',
      message: 'The bank refused',
      details: 'Status: 503, Response: busy',
      processKey: `${key}_task`,
      activityId: 'work',
      attempts: 2,
      callers: [{ instanceId: id, processKey: `${key}_caller`, activityId: 'work' }],
    };
    expect(open).toMatchObject({ ...shown, retryable: true });
    const after = await incidentsOf(id);
    expect(after).toMatchObject([{ ...shown, retryable: false }]);
    expect(after[0]?.remedy).toMatch(/^Ask the bank\. The instance has ended: start it again\./);
    expect(await incidentsOf(after[0]?.instanceId ?? '')).toEqual(after);
  });

  it('is told of a step of the engine, too', async () => {
    const { id } = await engine.runtime.startByKey(`${key}_job`);
    const [job] = await engine.runtime.jobs({ processInstanceId: id });
    await engine.runtime.setJobRetries(job?.id ?? '', 1);
    await vi.waitFor(async () => expect(await incidentsOf(id)).toHaveLength(1), { timeout: 30_000, interval: 200 });
    const [open] = await incidentsOf(id);
    await gateway.call('DELETE', `/v1/instances/${id}`);

    const [after] = await incidentsOf(id);
    expect(after).toMatchObject({ code: 'PROCOS_INCIDENT_VARIABLE_MISSING', activityId: 'work', retryable: false });
    expect(after?.message).toBe(open?.message);
    expect(after?.details).toBe(open?.details);
    expect(after?.attempts).toBe(open?.attempts);
  });
});
