import { describe, expect, it } from 'vitest';
import { lintProcessModel } from './lint-process-model.ts';
import { escapeXml, inputParameter, model, sequence, task, taskModel } from './fixtures/model-builder.ts';

const expressions = [
  '${amount}',
  '${amount > 100 && amount <= 1000}',
  '${ai_provider == "openai"}',
  '${model != null ? model : "llama3"}',
  '${max_tokens != null ? max_tokens : 1000}',
  '${execution.processBusinessKey}',
  '${execution.processInstanceId}-${attempt + 1}',
  '${not empty user_query}',
  '{"query": "${user_query}"}',
  'PT${minutes}M',
  'plain text, 100 % harmless { } $ #',
];

const places: Readonly<Record<string, (expression: string) => string>> = {
  'input parameter': (e) => taskModel({ extensions: inputParameter(e) }),
  'list item': (e) =>
    taskModel({ extensions: inputParameter(`<camunda:list><camunda:value>${e}</camunda:value></camunda:list>`) }),
  'call parameter': (e) =>
    model(
      sequence(
        `<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:in sourceExpression="${e}" target="y" /></bpmn:extensionElements></bpmn:callActivity>`,
      ),
    ),
  'user task': (e) => model(sequence(`<bpmn:userTask id="ask" name="${e}" camunda:assignee="${e}" />`)),
  timer: (e) =>
    model(
      sequence(
        `<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition id="timer"><bpmn:timeDuration>\${"P"}${e}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
      ),
    ),
};

const documentation = 'Calls ${bean.method()} and #{x}: prose, never evaluated';
const message = '<bpmn:message id="request" name="UserRequest" />';

const models: Readonly<Record<string, string>> = {
  'an external task': taskModel(),
  'operaton extensions': model(
    sequence(
      '<bpmn:serviceTask id="work" xmlns:operaton="http://operaton.org/schema/1.0/bpmn" operaton:type="external" operaton:topic="t" />',
    ),
  ),
  'prose with expressions in it': taskModel(
    {},
    { processHead: `<bpmn:documentation>${documentation}</bpmn:documentation>` },
  ),
  'an annotation with an expression in it': model(
    `${sequence(task('work'))}<bpmn:textAnnotation id="note"><bpmn:text>${documentation}</bpmn:text></bpmn:textAnnotation>`,
  ),
  'a name with braces': taskModel({ attributes: 'name="sum ${a.b}"' }),
  'another default namespace': taskModel().replaceAll('bpmn:', '').replace('xmlns:bpmn=', 'xmlns='),
  'the bpmn2 prefix': taskModel().replaceAll('bpmn:', 'bpmn2:').replace('xmlns:bpmn=', 'xmlns:bpmn2='),
  'the schema location that modelers write': taskModel(
    {},
    {
      definitionsAttributes:
        'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL http://www.omg.org/spec/BPMN/2.0/20100501/BPMN20.xsd"',
    },
  ),
  'a local schema location': taskModel(
    {},
    { definitionsAttributes: 'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL BPMN20.xsd"' },
  ),
  'an exporter': taskModel({}, { definitionsAttributes: 'exporter="Camunda Modeler" exporterVersion="5.0.0"' }),
  'extensions of another vendor': taskModel({
    extensions: '<zeebe:taskDefinition xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" type="x" />',
  }),
  'a field of another vendor': taskModel({ extensions: '<x:field xmlns:x="urn:x" name="y" class="z" />' }),
  'a decision': model(
    sequence('<bpmn:businessRuleTask id="decide" camunda:decisionRef="route" camunda:resultVariable="r" />'),
  ),
  'a business rule task as an external task': model(
    sequence('<bpmn:businessRuleTask id="decide" camunda:type="external" camunda:topic="t" />'),
  ),
  'a send task': model(sequence('<bpmn:sendTask id="send" camunda:type="external" camunda:topic="t" />')),
  'a receive task': model(sequence('<bpmn:receiveTask id="receive" messageRef="request" />'), {
    rootElements: message,
  }),
  'a manual task': model(sequence('<bpmn:manualTask id="look" />')),
  'a message end event': model(
    `<bpmn:startEvent id="begin" /><bpmn:endEvent id="done"><bpmn:messageEventDefinition id="def" camunda:type="external" camunda:topic="t" /></bpmn:endEvent><bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="done" />`,
  ),
  'a message start event': model(
    `<bpmn:startEvent id="begin"><bpmn:messageEventDefinition id="def" messageRef="request" /></bpmn:startEvent><bpmn:endEvent id="done" /><bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="done" />`,
    { rootElements: message },
  ),
  'a call activity with mappings': model(
    sequence(
      '<bpmn:callActivity id="call" calledElement="${process_to_execute}"><bpmn:extensionElements><camunda:in variables="all" /><camunda:out source="a" target="b" /></bpmn:extensionElements></bpmn:callActivity>',
    ),
  ),
  'a form': model(sequence('<bpmn:userTask id="ask" camunda:formRef="form" camunda:formRefBinding="latest" />')),
  'a form key': model(sequence('<bpmn:userTask id="ask" camunda:formKey="ask_form" />')),
  'form fields with a built-in constraint': model(
    sequence(
      '<bpmn:userTask id="ask"><bpmn:extensionElements><camunda:formData><camunda:formField id="f" type="string"><camunda:validation><camunda:constraint name="required" config="true" /></camunda:validation></camunda:formField></camunda:formData></bpmn:extensionElements></bpmn:userTask>',
    ),
  ),
  'an error boundary event': model(
    `${sequence(task('work'))}<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition id="def" /></bpmn:boundaryEvent><bpmn:endEvent id="other" /><bpmn:sequenceFlow id="f" sourceRef="failed" targetRef="other" />`,
  ),
  'a mapped error of a task': taskModel(
    {
      extensions:
        '<camunda:errorEventDefinition id="failure" errorRef="bad" expression="${externalTask.errorMessage == \'bad\'}" />',
    },
    { rootElements: '<bpmn:error id="bad" name="Bad" errorCode="bad" />' },
  ),
  'a sub-process': model(
    sequence(
      `<bpmn:subProcess id="part">${sequence(task('inner')).replaceAll('begin', 'begin_in').replaceAll('done', 'done_in')}</bpmn:subProcess>`,
    ),
  ),
  'an event sub-process': model(
    `${sequence(task('work'))}<bpmn:subProcess id="on_error" triggeredByEvent="true"><bpmn:startEvent id="error_start"><bpmn:errorEventDefinition id="def" /></bpmn:startEvent><bpmn:endEvent id="error_end" /><bpmn:sequenceFlow id="f" sourceRef="error_start" targetRef="error_end" /></bpmn:subProcess>`,
  ),
  'parallel work':
    model(`<bpmn:startEvent id="begin" /><bpmn:parallelGateway id="fork" />${task('a')}${task('b')}<bpmn:parallelGateway id="join" /><bpmn:endEvent id="done" />
    ${[
      ['begin', 'fork'],
      ['fork', 'a'],
      ['fork', 'b'],
      ['a', 'join'],
      ['b', 'join'],
      ['join', 'done'],
    ]
      .map(([s, t]) => `<bpmn:sequenceFlow id="${s}_${t}" sourceRef="${s}" targetRef="${t}" />`)
      .join('')}`),
  'a bounded multi-instance task': taskModel({
    children:
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
  }),
  'a data object': model(
    `${sequence(task('work'))}<bpmn:dataObject id="data" /><bpmn:dataObjectReference id="data_ref" dataObjectRef="data" />`,
  ),
};

const benign = [
  ...Object.entries(models),
  ...Object.entries(places).flatMap(([place, build]) =>
    expressions.map((e): [string, string] => [`${e} as ${place}`, build(escapeXml(e))]),
  ),
];

describe('benign models', () => {
  it('are many: at least 60 different ones', () => {
    expect(new Set(benign.map(([, xml]) => xml)).size).toBe(benign.length);
    expect(benign.length).toBeGreaterThanOrEqual(60);
  });

  it.each(benign)('%s has no error', async (_name, xml) => {
    const findings = await lintProcessModel(xml);

    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
