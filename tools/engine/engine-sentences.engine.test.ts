import { randomUUID } from 'node:crypto';
import {
  createEngineClient,
  elementsNamedIn,
  type EngineFault,
  engineFault,
  EngineRequestError,
  expressionsIn,
  maySentencePass,
  mayEngineFaultPass,
  TypedValue,
  type Variables,
} from '@procos/engine-client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const engine = createEngineClient(inject('engine'));
afterAll(() => engine.close());

const run = `said_${randomUUID().slice(0, 8)}`;
const process = (id: string, inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${run}_${id}_d" targetNamespace="https://procos.dev/test">
  <process id="${run}_${id}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="step"/>${inside}<endEvent id="ended"/>
  </process>
</definitions>`;
const onwards = '<sequenceFlow id="f2" sourceRef="step" targetRef="ended"/>';
const task = (inside: string) =>
  `<serviceTask id="step" camunda:type="external" camunda:topic="${run}">${inside}</serviceTask>${onwards}`;
const input = (value: string) =>
  task(
    `<extensionElements><camunda:inputOutput><camunda:inputParameter name="x">${value}</camunda:inputParameter></camunda:inputOutput></extensionElements>`,
  );
const timer = (kind: string) =>
  `<intermediateCatchEvent id="step"><timerEventDefinition id="t"><${kind} xsi:type="tFormalExpression">\${time}</${kind}></timerEventDefinition></intermediateCatchEvent>${onwards}`;
const conditional = (id: string, condition: string) =>
  `<sequenceFlow id="${id}" sourceRef="step" targetRef="ended"><conditionExpression xsi:type="tFormalExpression">${condition}</conditionExpression></sequenceFlow>`;
const choice = `<exclusiveGateway id="step"/>${conditional('f2', '${answer}')}${conditional('f3', '${false}')}`;

const models: Readonly<Record<string, string>> = {
  input: input('${order.total &gt; 3}'),
  list: task('<multiInstanceLoopCharacteristics camunda:collection="${list}" camunda:elementVariable="one"/>'),
  named: task('<multiInstanceLoopCharacteristics camunda:collection="list" camunda:elementVariable="one"/>'),
  duration: timer('timeDuration'),
  date: timer('timeDate'),
  cycle: `<userTask id="step"/><boundaryEvent id="each" cancelActivity="false" attachedToRef="step"><timerEventDefinition id="t"><timeCycle xsi:type="tFormalExpression">\${time}</timeCycle></timerEventDefinition></boundaryEvent><endEvent id="late"/><sequenceFlow id="f3" sourceRef="each" targetRef="late"/>${onwards}`,
  choice,
  call: `<callActivity id="step" calledElement="${run}_nobody"/>${onwards}`,
  waits: task(''),
};

async function refusalOf(model: string, variables: Variables, businessKey?: string): Promise<EngineRequestError> {
  const refused = await engine.runtime
    .startByKey(`${run}_${model}`, { variables, ...(businessKey === undefined ? {} : { businessKey }) })
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  if (refused instanceof EngineRequestError) return refused;
  throw new Error(`${model} was not refused`, { cause: refused });
}

beforeAll(async () => {
  const resources = Object.fromEntries(
    Object.entries(models).map(([id, inside]) => [`${id}.bpmn`, process(id, inside)]),
  );
  await engine.repository.deploy({ name: run, source: 'test', resources });
});

const broken = new TypedValue('Object', '{"total"', {
  objectTypeName: 'x.Y',
  serializationDataFormat: 'application/json',
});
const text = (pattern: RegExp) => expect.stringMatching(pattern) as string;

describe('what the engine says in words alone is understood', () => {
  it.each<[string, string, Variables, EngineFault]>([
    [
      'a variable is not there',
      'input',
      {},
      { kind: 'variable-missing', expression: '${order.total > 3}', variable: 'order' },
    ],
    [
      'an expression cannot be evaluated',
      'input',
      { order: { total: [1] } },
      { kind: 'expression', expression: '${order.total > 3}', reason: text(/./) },
    ],
    [
      'a variable cannot be read',
      'input',
      { order: broken },
      { kind: 'unreadable-variable', variable: 'order', reason: text(/./) },
    ],
    ['a list is none', 'list', { list: 'a, b' }, { kind: 'no-collection', expression: '${list}' }],
    ['a list is null', 'list', { list: null }, { kind: 'no-collection', expression: '${list}' }],
    ['a list that is named is not there', 'named', {}, { kind: 'no-collection', expression: '${list}' }],
    ['a list that is named is none', 'named', { list: { a: 1 } }, { kind: 'no-collection', expression: '${list}' }],
    ['a duration is a sentence', 'duration', { time: '2 days' }, { kind: 'no-time', given: '2 days' }],
    ['a duration is a number', 'duration', { time: 5 }, { kind: 'no-time', given: undefined }],
    ['a date is none', 'date', { time: '31.12.2026' }, { kind: 'no-time', given: '31.12.2026' }],
    ['a cycle is none', 'cycle', { time: 'daily' }, { kind: 'no-time', given: text(/^(?:daily)?$/) }],
    ['no way leads on', 'choice', { answer: false }, { kind: 'no-flow' }],
    ['a condition is text', 'choice', { answer: 'maybe' }, { kind: 'no-condition', given: 'String' }],
    ['a condition is null', 'choice', { answer: null }, { kind: 'no-condition', given: undefined }],
    ['nothing is deployed under a key', 'call', {}, { kind: 'no-process', key: `${run}_nobody` }],
  ])('%s', async (_, model, variables, fault) => {
    const refused = await refusalOf(model, variables);

    expect(engineFault(refused.engineMessage)).toEqual(fault);
  });

  it('the element, where it is named, and the expression', async () => {
    const [noFlow, missing] = [await refusalOf('choice', { answer: false }), await refusalOf('input', {})];

    expect(elementsNamedIn(noFlow.engineMessage)).toEqual(['step']);
    expect(expressionsIn(missing.engineMessage)).toEqual(['${order.total > 3}']);
  });

  it('a process is suspended', async () => {
    const definition = await engine.repository.latestDefinition(`${run}_waits`);
    await engine.repository.setSuspended(definition?.id ?? '', true, false);

    const refused = await refusalOf('waits', {});

    expect(engineFault(refused.engineMessage)).toEqual({ kind: 'suspended', sentence: text(/is suspended$/) });
  });

  it('a value is too long for the database: it is too long the next time too', async () => {
    const refused = await refusalOf('duration', { time: 'PT1H' }, 'k'.repeat(300));

    expect(refused.status).toBe(500);
    expect(mayEngineFaultPass(refused)).toBe(false);
    expect(maySentencePass(refused.engineMessage)).toBe(false);
  });
});
