import { setTimeout as delay } from 'node:timers/promises';
import type { EngineClient } from '@procos/engine-client';
import { type InstanceOutcome, isSettled } from './fault-checker.ts';

/** Key of the process that the tests of faults run. */
export const probeKey = 'fault_probe';

const element = (id: string, topic: string) =>
  `<serviceTask id="${id}" name="${id}" camunda:type="external" camunda:topic="${topic}"/>`;
const flow = (from: string, to: string) =>
  `<sequenceFlow id="flow_${from}_${to}" sourceRef="${from}" targetRef="${to}"/>`;

/** Work of two workers with a pause between: at any moment some instances are with a worker, some with the engine. */
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="fault_probe_definitions" targetNamespace="https://procos.dev/tests">
  <process id="${probeKey}" name="Fault probe" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun" name="Begun"/>
    ${flow('begun', 'ask')}${element('ask', 'ai_query')}${flow('ask', 'pause')}
    <intermediateCatchEvent id="pause" name="Pause"><timerEventDefinition id="pause_timer"><timeDuration xsi:type="tFormalExpression">PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>
    ${flow('pause', 'format')}${element('format', 'response_formatting')}${flow('format', 'done')}
    <endEvent id="done" name="Done"/>
  </process>
</definitions>`;

export async function deployProbe(engine: EngineClient): Promise<void> {
  await engine.repository.deploy({
    name: probeKey,
    source: 'tests of faults',
    resources: { 'fault_probe.bpmn': model },
  });
}

/** Starts so many instances, some at a time. @param ids where the id of each is put when it runs */
export async function startProbes(engine: EngineClient, count: number, ids: string[]): Promise<void> {
  const variables = { user_query: 'Is anything lost?', ai_provider: 'openai', max_tokens: 50 };
  let begun = 0;
  const starter = async () => {
    while (begun < count) {
      begun += 1;
      ids.push((await engine.runtime.startByKey(probeKey, { variables })).id);
    }
  };
  await Promise.all(Array.from({ length: 10 }, starter));
}

/** What history says of these instances now. */
export async function outcomesOf(engine: EngineClient, ids: readonly string[]): Promise<readonly InstanceOutcome[]> {
  const incidents = new Set((await engine.runtime.incidents()).map(({ processInstanceId }) => processInstanceId));
  const instances = await engine.history.instances({ processInstanceIds: ids }, { maxResults: ids.length });
  return instances.map(({ id, state, endTime }) => ({ id, state, endTime, hasIncident: incidents.has(id) }));
}

/** Waits until all of them have ended or stand at an incident; what the engine cannot say because of the fault is asked again. */
export async function settled(
  engine: EngineClient,
  ids: readonly string[],
  timeoutMs: number,
): Promise<readonly InstanceOutcome[]> {
  const deadline = performance.now() + timeoutMs;
  let outcomes: readonly InstanceOutcome[] = [];
  let reason: unknown;
  while (performance.now() < deadline) {
    try {
      outcomes = await outcomesOf(engine, ids);
      if (outcomes.length === ids.length && outcomes.every(isSettled)) return outcomes;
    } catch (thrown) {
      reason = thrown;
    }
    await delay(500);
  }
  if (outcomes.length === 0) throw new Error('The engine did not answer in time', { cause: reason });
  return outcomes;
}
