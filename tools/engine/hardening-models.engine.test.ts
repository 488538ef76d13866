import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, deploy, externalTask, inputParameter, model, productsUnderTest } from './engine-calls.ts';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';

describe.each(productsUnderTest())('what the engine takes in, %s', (product) => {
  let engine: LaunchedEngine;

  beforeAll(async () => {
    engine = await launchEngine({ product, inMemory: true });
  }, 600_000);
  afterAll(() => engine.stop());

  it('accepts a process of external tasks', async () => {
    expect(await deploy(engine, model('plain', externalTask('t')))).toMatchObject({ status: 200 });
  });

  it('refuses a model without historyTimeToLive', async () => {
    const answer = await deploy(engine, model('ttl', externalTask('t'), { attributes: '' }));
    expect(answer).toMatchObject({
      status: expect.toSatisfy((status: number) => status >= 400) as number,
      body: expect.stringContaining('History Time To Live') as string,
    });
  });

  it('refuses a document type, and so neither external nor exploding entities', async () => {
    const external = await deploy(
      engine,
      model('xxe', `<bpmn:userTask id="step" name="&file;"/>`, {
        prolog: '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
      }),
    );
    const exploding = await deploy(
      engine,
      model('lol', `<bpmn:userTask id="step" name="&b;"/>`, {
        prolog: '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>',
      }),
    );
    for (const answer of [external, exploding]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).toMatch(/DOCTYPE/);
    }
    expect((await ask(engine, 'GET', '/process-definition?keysIn=xxe,lol')).json()).toEqual([]);
  });

  it.each([
    [
      'a script task',
      '<bpmn:scriptTask id="step" scriptFormat="juel"><bpmn:script>${1}</bpmn:script></bpmn:scriptTask>',
    ],
    [
      'an external script',
      '<bpmn:scriptTask id="step" scriptFormat="javascript" camunda:resource="file:///etc/passwd"/>',
    ],
    ['a Java class', '<bpmn:serviceTask id="step" camunda:class="java.lang.Object"/>'],
    [
      'a scripted condition',
      '<bpmn:exclusiveGateway id="step"/><bpmn:sequenceFlow id="f9" sourceRef="step" targetRef="end"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="juel">1</bpmn:conditionExpression></bpmn:sequenceFlow>',
    ],
    ['a delegate expression', '<bpmn:serviceTask id="step" camunda:delegateExpression="${x}"/>'],
    ['a listener of a class', externalTask('t', '<camunda:executionListener class="java.lang.Object" event="start"/>')],
    [
      'a scripted input',
      externalTask(
        't',
        '<camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="juel">${1}</camunda:script></camunda:inputParameter></camunda:inputOutput>',
      ),
    ],
    [
      'a connector',
      '<bpmn:serviceTask id="step" camunda:type="external" camunda:topic="t"><bpmn:extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements></bpmn:serviceTask>',
    ],
  ])('refuses %s and names the element and the remedy', async (_what, step) => {
    const answer = await deploy(engine, model('code', step));
    expect(answer.status).toBe(400);
    const { details } = answer.json() as {
      details: Record<string, { errors: { message: string; mainElementId: string }[] }>;
    };
    expect(details['model.bpmn']?.errors).toEqual([
      expect.objectContaining({
        mainElementId: expect.stringMatching(/^(step|f9)$/) as string,
        message: expect.stringMatching(
          /^'(step|f9)' carries a.*; use a service task with camunda:type="external" and a worker instead/,
        ) as string,
      }),
    ]);
  });

  it.each([
    ["${''.getClass().forName('java.lang.Runtime')}"],
    ["${''.class.name}"],
    ['${execution.processEngineServices.runtimeService}'],
    ['${execution.getProcessEngineServices()}'],
    ['${execution.getEngineServices}'],
    ['${execution.commandContext}'],
    ['${execution.bpmnModelInstance.document}'],
    ['${dataSource}'],
    ['${engineBoot.engine()}'],
  ])('refuses the expression %s', async (expression) => {
    await deploy(engine, model('reach', externalTask('t', inputParameter(expression))));
    const answer = await ask(engine, 'POST', '/process-definition/key/reach/start', {});
    expect([answer.status, answer.body]).toEqual([
      500,
      expect.stringMatching(/refuses access to|Unknown property used|Cannot resolve identifier/),
    ]);
  });

  it('evaluates the expressions that processes are made of', async () => {
    const expression =
      "${execution.processInstanceId}|${name.toUpperCase()}|${list.size()}|${execution.getVariable('name')}|${dateTime().plusDays(1).toDate().time > now().time}|${execution.processBusinessKey}";
    await deploy(engine, model('good', externalTask('good', inputParameter(expression))));
    const variables = { name: { value: 'ada', type: 'String' }, list: { value: 'abc', type: 'String' } };
    const refused = await ask(engine, 'POST', '/process-definition/key/good/start', { businessKey: 'bk', variables });
    expect(refused.body).toContain('size');
    await deploy(
      engine,
      model('good', externalTask('good', inputParameter(expression.replace('list.size', 'list.length')))),
    );
    expect(
      (await ask(engine, 'POST', '/process-definition/key/good/start', { businessKey: 'bk', variables })).status,
    ).toBe(200);
    const tasks = (
      await ask(engine, 'POST', '/external-task/fetchAndLock', {
        workerId: 'w',
        maxTasks: 5,
        topics: [{ topicName: 'good', lockDuration: 1_000 }],
      })
    ).json() as { processInstanceId: string; variables: { given: { value: string } } }[];
    expect(tasks.map((task) => task.variables.given.value)).toEqual([
      `${tasks[0]?.processInstanceId}|ADA|3|ada|true|bk`,
    ]);
  });

  it('refuses expressions in queries', async () => {
    const answer = await ask(engine, 'POST', '/task', { dueDateExpression: '${now()}' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).toMatch(/Expressions are forbidden in adhoc queries/i);
  });

  it('refuses expressions in stored queries', async () => {
    const filter = await ask(engine, 'POST', '/filter/create', {
      resourceType: 'Task',
      name: 'f',
      query: { dueDateExpression: '${now()}' },
    });
    const listed =
      filter.status === 200 ? await ask(engine, 'GET', `/filter/${(filter.json() as { id: string }).id}/list`) : filter;
    expect(listed.status).toBeGreaterThanOrEqual(400);
    expect(listed.body).toMatch(/Expressions are forbidden/i);
  });

  it('refuses serialized Java objects', async () => {
    const java = {
      value: 'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==',
      type: 'Object',
      valueInfo: {
        objectTypeName: 'java.util.HashMap',
        serializationDataFormat: 'application/x-java-serialized-object',
      },
    };
    const answer = await ask(engine, 'POST', '/process-definition/key/plain/start', { variables: { java } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).toContain('Java serialization format is prohibited');
  });

  it('keeps a text of any size as serialized JSON', async () => {
    const value = JSON.stringify({ text: 'x'.repeat(200_000) });
    const json = {
      value,
      type: 'Object',
      valueInfo: { objectTypeName: 'java.util.LinkedHashMap', serializationDataFormat: 'application/json' },
    };
    const started = (
      await ask(engine, 'POST', '/process-definition/key/plain/start', { variables: { json } })
    ).json() as { id: string };
    const read = (
      await ask(engine, 'GET', `/process-instance/${started.id}/variables/json?deserializeValue=false`)
    ).json() as { value: string };
    expect(read.value).toBe(value);
  });
});
