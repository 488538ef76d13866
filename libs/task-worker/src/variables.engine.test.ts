import { randomUUID } from 'node:crypto';
import { createEngineClient, decodeVariables, UnreadableValue } from '@procos/engine-client';
import { caseFile, type EngineUnderTest, sampleSeed, seededRandom } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const engine = inject('engine') satisfies EngineUnderTest;
const client = createEngineClient(engine);
const id = randomUUID().slice(0, 8);
const [key, child] = [`kept_${id}`, `kept_child_${id}`];
const head =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://procos.dev/test"';
const model = `<?xml version="1.0" encoding="UTF-8"?>
<definitions ${head} id="d">
  <message id="m" name="${key}"/>
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="call"/>
    <callActivity id="call" calledElement="${child}"><extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements></callActivity>
    <sequenceFlow id="f2" sourceRef="call" targetRef="wait"/><receiveTask id="wait" messageRef="m"/>
    <sequenceFlow id="f3" sourceRef="wait" targetRef="person"/><userTask id="person"/>
  </process>
</definitions>`;
const childModel = `<?xml version="1.0" encoding="UTF-8"?>
<definitions ${head} id="d">
  <process id="${child}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="work"/>
    <serviceTask id="work" camunda:type="external" camunda:topic="${key}">
      <extensionElements><camunda:inputOutput><camunda:inputParameter name="mapped">\${v0}</camunda:inputParameter><camunda:outputParameter name="given">\${result}</camunda:outputParameter></camunda:inputOutput></extensionElements>
    </serviceTask>
    <sequenceFlow id="f2" sourceRef="work" targetRef="ended"/><endEvent id="ended"/>
  </process>
</definitions>`;

beforeAll(async () => {
  await client.repository.deploy({
    name: key,
    source: 'test',
    resources: { [`${key}.bpmn`]: model, [`${child}.bpmn`]: childModel },
  });
});
afterAll(() => client.close());

async function fetchOne() {
  const [task] = await client.externalTasks.fetchAndLock({
    workerId: 'w',
    maxTasks: 1,
    waitMs: 5_000,
    topics: [{ topicName: key, lockDuration: 60_000 }],
  });
  if (task === undefined) throw new Error('There is no task');
  return task;
}

/** Values by all the ways that they take: start, call of a process, task, result, mapping, message, form, and what is read of them. */
async function throughTheEngine(values: readonly unknown[]): Promise<Record<string, unknown>> {
  const variables = Object.fromEntries(values.map((value, index) => [`v${index}`, value]));
  const instance = await client.runtime.startByKey(key, { variables });
  const task = await fetchOne();
  const fetched = decodeVariables(task.variables);
  await client.externalTasks.complete(task.id, 'w', { result: values[0], list: values }, { local: values[0] });
  await client.runtime.correlate({ messageName: key, processInstanceId: instance.id, variables: { told: values[0] } });
  const [person] = await client.userTasks.list({ processInstanceId: instance.id });
  const running = await client.runtime.variables(instance.id);
  await client.userTasks.complete(person?.id ?? '', { filled: values[0] });
  const past = await client.history.variables(instance.id);
  return { fetched: { ...fetched, traceparent: undefined }, running, past };
}

const awkward: readonly (readonly [string, unknown])[] = [
  ['the largest Long', 9223372036854775807n],
  ['the smallest Long', -9223372036854775808n],
  ['2^53 + 1', 9007199254740993n],
  ['more than a Long', 123456789012345678901234567890n],
  ['less than a Long', -9223372036854775809n],
  ['2^53 - 1', 9007199254740991],
  ['a price', 19.99],
  ['a large double', 1.5e21],
  ['a small one', 5e-324],
  ['a NUL', 'a\0b'],
  ['the text of a picture', `\x89PNG\r\n\x1a\n\0\0\0\rIHDR${'\0x'.repeat(1_000)}`],
  ['a long text with NUL', `${'x'.repeat(5_000)}\0`],
  ['half of a pair', 'a\ud800b'],
  ['the other half', '\udc00'],
  ['a long text with half of a pair', `${'é'.repeat(4_500)}\ud83d`],
  ['nothing', ''],
  ['4,000 characters', 'é'.repeat(4_000)],
  ['faces', '😀'.repeat(1_999)],
  [
    'a structure',
    { id: 7615917337495251231n, list: [9007199254740993n, { __proto__x: 'a\0\ud800' }], constructor: 'c' },
  ],
  ['a list', [1, null, 'two', 18446744073709551615n]],
  ['true', true],
];

describe('a variable', () => {
  it.each(awkward)('that is %s comes through the engine as it was, by every way', async (_name, value) => {
    const { fetched, running, past } = await throughTheEngine([value]);

    expect(fetched).toMatchObject({ v0: value, mapped: value });
    expect(running).toMatchObject({ v0: value, result: value, given: value, told: value, list: [value] });
    expect(past).toMatchObject({ v0: value, result: value, given: value, told: value, filled: value, list: [value] });
  });

  it(`of any kind comes through as it was (seed ${sampleSeed})`, async () => {
    const values = Array.from({ length: 200 }, randomValues(sampleSeed));

    const { fetched, running, past } = await throughTheEngine(values);

    values.forEach((value, index) => {
      for (const read of [fetched, running, past]) expect(read).toHaveProperty(`v${index}`, value);
    });
    expect(past).toMatchObject({ list: values });
  });

  it('that is no number is refused by its name, and nothing is sent', async () => {
    await expect(async () => client.runtime.startByKey(key, { variables: { rate: Number.NaN } })).rejects.toThrow(
      'The variable "rate" cannot be kept: It is NaN, which no number in JSON can say',
    );
    await expect(async () => client.runtime.startByKey(key, { variables: { a: { rate: 1 / 0 } } })).rejects.toThrow(
      'The variable "a" cannot be kept: The member "rate" is Infinity, which no number in JSON can say',
    );
  });
});

function randomValues(seed: number): () => unknown {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const digits = () => Array.from({ length: 1 + upTo(25) }, () => upTo(10)).join('');
  const whole = () => {
    const value = BigInt(`${random() < 0.5 ? '-' : ''}${digits()}`);
    return Number.isSafeInteger(Number(value)) ? Number(value) + 0 : value;
  };
  const text = () =>
    String.fromCharCode(
      ...Array.from({ length: upTo(12) }, () => (random() < 0.2 ? 0xd800 + upTo(0x800) : upTo(0x180))),
    );
  const kinds = [
    whole,
    whole,
    text,
    text,
    () => Number((random() * 10 ** upTo(12)).toFixed(upTo(8))),
    () => random() < 0.5,
    () => Array.from({ length: upTo(4) }, value),
    () => Object.fromEntries(Array.from({ length: upTo(4) }, () => [text(), value()])),
  ];
  function value(): unknown {
    return kinds[upTo(kinds.length)]?.();
  }
  return value;
}

describe('a variable that nobody can read', () => {
  const given = JSON.parse(caseFile('data', 'engine-variables.json').toString()) as Record<string, object>;

  it('is named as such among the others', async () => {
    const { id: instanceId } = await client.runtime.startByKey(key, {
      variables: { v0: 1, result: 1, fine: 'as ever' },
    });
    const headers = {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${engine.user ?? ''}:${engine.password ?? ''}`).toString('base64')}`,
    };
    const taken: string[] = [];
    for (const [name, variable] of Object.entries(given)) {
      const body = name === 'long_max' ? '{"type":"Long","value":9223372036854775807}' : JSON.stringify(variable);
      const { ok } = await fetch(`${client.baseUrl}/process-instance/${instanceId}/variables/${name}`, {
        method: 'PUT',
        headers,
        body,
      });
      if (ok) taken.push(name);
    }
    expect(taken).toEqual(expect.arrayContaining(['object_text_is_broken', 'long_max', 'short', 'date']));

    for (const read of [await client.runtime.variables(instanceId), await client.history.variables(instanceId)]) {
      expect(read).toMatchObject({
        fine: 'as ever',
        long_max: 9223372036854775807n,
        short: 7,
        double_whole: 3,
        untyped_null: null,
      });
      expect(read['object_text_is_broken']).toBeInstanceOf(UnreadableValue);
      expect(JSON.parse(JSON.stringify(read))).toMatchObject({
        object_text_is_broken: { unreadable: 'Its text is no JSON', type: 'Object' },
      });
    }
    await client.runtime.terminateInstance(instanceId);
  });
});
