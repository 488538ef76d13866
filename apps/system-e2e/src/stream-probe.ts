import { randomUUID } from 'node:crypto';
import type { EngineClient, LockedTask } from '@procos/engine-client';
import { eventually } from '@procos/testing';

/** Key of the process whose events are compared. */
export const streamKey = 'event_stream_probe';
/** Nobody but the test serves it. */
export const streamTopic = 'event_stream_work';

const flow = (from: string, to: string, condition = '') =>
  `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition}</sequenceFlow>`;
const when = (expression: string) =>
  `<conditionExpression xsi:type="tFormalExpression">${expression}</conditionExpression>`;

/** Ends well, ends in an error, or has a task whose error is caught. */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="${streamKey}_definitions" targetNamespace="https://procos.dev/tests">
  <error id="refusal" name="Refused" errorCode="REFUSED"/>
  <process id="${streamKey}" name="Event stream probe" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun" name="Begun"/>${flow('begun', 'work')}
    <serviceTask id="work" name="Work" camunda:type="external" camunda:topic="${streamTopic}"/>${flow('work', 'well')}
    <boundaryEvent id="caught" name="Refused" attachedToRef="work"><errorEventDefinition id="caught_error" errorRef="refusal"/></boundaryEvent>${flow('caught', 'handled')}
    <endEvent id="handled" name="Handled"/>
    <exclusiveGateway id="well" name="Well?" default="well_done"/>${flow('well', 'broken', when('${broken}'))}${flow('well', 'done')}
    <endEvent id="broken" name="Broken"><errorEventDefinition id="broken_error" errorRef="refusal"/></endEvent>
    <endEvent id="done" name="Done"/>
  </process>
</definitions>`;

export async function deployStreamProbe(engine: EngineClient): Promise<void> {
  await engine.repository.deploy({
    name: streamKey,
    source: 'tests of the event stream',
    resources: { [`${streamKey}.bpmn`]: model },
  });
}

export const ways = ['well', 'broken', 'caught', 'retried', 'ended'] as const;
export type Way = (typeof ways)[number];

/** Runs one instance to its end, on one way. @returns its id */
export async function runProbe(engine: EngineClient, way: Way): Promise<string> {
  const businessKey = randomUUID();
  const { id } = await engine.runtime.startByKey(streamKey, { businessKey, variables: { broken: way === 'broken' } });
  const task = await taken(engine, businessKey);
  const { workerId } = task;
  switch (way) {
    case 'ended':
      await engine.runtime.deleteInstance(id, 'Nobody wants it any more.');
      return id;
    case 'caught':
      await engine.externalTasks.bpmnError(task.id, workerId, { code: 'REFUSED', message: 'Refused.' });
      return id;
    case 'retried':
      await engine.externalTasks.fail(task.id, workerId, {
        errorMessage: 'The first attempt fails.',
        retries: 0,
        retryTimeout: 0,
      });
      await engine.externalTasks.setRetries(task.id, 1);
      await engine.externalTasks.complete((await taken(engine, businessKey)).id, workerId);
      return id;
    default:
      await engine.externalTasks.complete(task.id, workerId);
      return id;
  }
}

function taken(engine: EngineClient, businessKey: string): Promise<LockedTask> {
  return eventually(`a task of ${businessKey}`, async () => {
    const [task] = await engine.externalTasks.fetchAndLock({
      workerId: 'event-stream-test',
      maxTasks: 1,
      topics: [{ topicName: streamTopic, lockDuration: 60_000, filter: { businessKey } }],
    });
    return task;
  });
}
