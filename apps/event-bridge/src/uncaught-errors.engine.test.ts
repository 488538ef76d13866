import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcosEvent } from '@procos/contracts';
import { createEngineClient } from '@procos/engine-client';
import { createInMemoryEventBus } from '@procos/event-bus';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { startBridge } from './testing/running-bridge.ts';

const engine = createEngineClient(inject('engine'));
const key = `uncaught_${randomUUID().slice(0, 8)}`;
const received: ProcosEvent[] = [];
const closing: (() => Promise<unknown>)[] = [];

const model = (id: string, inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${id}_definitions" targetNamespace="https://procos.dev/test">
  <error id="refused" errorCode="REFUSED"/>
  <process id="${id}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="work"/>${inside}
  </process>
</definitions>`;
const end = '<sequenceFlow id="f2" sourceRef="work" targetRef="ended"/><endEvent id="ended"/>';
const task = `<serviceTask id="work" camunda:type="external" camunda:topic="${key}"/>${end}`;
const models = {
  [`${key}_task`]: model(`${key}_task`, task),
  [`${key}_end`]: model(`${key}_end`, '<endEvent id="work"><errorEventDefinition errorRef="refused"/></endEvent>'),
  [`${key}_caller`]: model(`${key}_caller`, `<callActivity id="work" calledElement="${key}_task"/>${end}`),
};

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'uncaught-'));
  const eventBus = createInMemoryEventBus({ name: key, onHandlerError: () => undefined });
  await eventBus.subscribe('#', (event) => void received.push(event));
  const resources = Object.fromEntries(Object.entries(models).map(([name, xml]) => [`${name}.bpmn`, xml]));
  await engine.repository.deploy({ name: key, source: 'test', resources });
  const { app } = await startBridge({
    engine: createEngineClient(inject('engine')),
    eventBus,
    cursorFile: join(folder, 'cursor.json'),
  });
  closing.push(
    () => app.stop(),
    () => eventBus.close(),
    () => engine.close(),
    () => rm(folder, { recursive: true }),
  );
}, 60_000);
afterAll(async () => {
  for (const close of closing) await close();
});

describe('an error that no process up to the root catches', () => {
  it('is published as failed, at the step at which it arose; a caller that goes on has completed', async () => {
    const ids = new Map<string, string>();
    for (const name of Object.keys(models)) ids.set(name, (await engine.runtime.startByKey(name)).id);
    for (let refused = 0; refused < 2; ) {
      const topics = [{ topicName: key, lockDuration: 10_000, variables: [] }];
      const tasks = await engine.externalTasks.fetchAndLock({ workerId: 'w', maxTasks: 5, topics, waitMs: 5_000 });
      for (const one of tasks) await engine.externalTasks.bpmnError(one.id, 'w', { code: 'REFUSED', message: 'no' });
      refused += tasks.length;
    }

    const ended = () =>
      received
        .filter(({ type }) => type.startsWith(`process.${key}_`) && !type.endsWith('.started'))
        .map(
          ({ type, data }) =>
            `${type.replace(`process.${key}_`, '')} at ${String(data['failedAt'])}: ${String(data['errorCode'])}`,
        );
    await vi.waitFor(() => expect(ended().length).toBeGreaterThanOrEqual(4), { timeout: 60_000, interval: 100 });
    expect(ended().toSorted()).toEqual([
      'caller.completed at undefined: undefined',
      'end.failed at work: REFUSED',
      'task.failed at work: undefined',
      'task.failed at work: undefined',
    ]);
    const outcomes = received.filter(({ type }) => type.startsWith(`task.${key}.`) && !type.endsWith('.created'));
    expect(outcomes.map(({ type }) => type)).toEqual([`task.${key}.bpmn_error`, `task.${key}.bpmn_error`]);
  }, 90_000);
});
