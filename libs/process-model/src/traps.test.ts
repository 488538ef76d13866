import { describe, expect, it } from 'vitest';
import { fixProcessModel } from './fix-process-model.ts';
import { lintProcessModel } from './lint-process-model.ts';
import { layOutProcessModel } from './lay-out-process-model.ts';
import { inputParameter, model, sequence, task, taskModel } from './fixtures/model-builder.ts';

async function rulesOf(xml: string): Promise<string[]> {
  return (await lintProcessModel(xml)).map(({ rule }) => rule);
}

const serviceTask = (id: string, content: string): string =>
  `<bpmn:serviceTask id="${id}">${content}</bpmn:serviceTask>`;
const extensions = (content: string): string => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;

/** Models as people copy them from guides: each looks right and does not run. */
const traps: readonly { readonly trap: string; readonly rule: string; readonly xml: string; readonly fixed: string }[] =
  [
    {
      trap: 'T1: an external task as an element of its own',
      rule: 'external-task-implementation',
      xml: model(sequence(serviceTask('work', extensions('<camunda:externalTask topic="check_order" />')))),
      fixed: 'camunda:type="external" camunda:topic="check_order"',
    },
    {
      trap: 'T1: inputs nested inside that element',
      rule: 'external-task-implementation',
      xml: model(
        sequence(
          serviceTask(
            'work',
            extensions(`<camunda:externalTask topic="check_order">${inputParameter('7')}</camunda:externalTask>`),
          ),
        ),
      ),
      fixed: '<camunda:inputOutput><camunda:inputParameter name="value">7</camunda:inputParameter>',
    },
    {
      trap: 'T1: the topic among the properties',
      rule: 'external-task-implementation',
      xml: model(
        sequence(
          serviceTask(
            'work',
            extensions(
              '<camunda:properties><camunda:property name="topic" value="check_order" /></camunda:properties>',
            ),
          ),
        ),
      ),
      fixed: 'camunda:type="external" camunda:topic="check_order"',
    },
    {
      trap: 'T2: two flows with the same id',
      rule: 'unique-ids',
      xml: model(`<bpmn:startEvent id="begin" /><bpmn:parallelGateway id="split" />${task('left')}${task('right')}<bpmn:endEvent id="done" />
      <bpmn:sequenceFlow id="to_split" sourceRef="begin" targetRef="split" />
      <bpmn:sequenceFlow id="to_left" sourceRef="split" targetRef="left" />
      <bpmn:sequenceFlow id="to_right" sourceRef="split" targetRef="right" />
      <bpmn:sequenceFlow id="to_done" sourceRef="left" targetRef="done" />
      <bpmn:sequenceFlow id="to_done" sourceRef="right" targetRef="done" />`),
      fixed: '<bpmn:sequenceFlow id="to_done_2" sourceRef="right" targetRef="done" />',
    },
    {
      trap: 'T3: the called process as a child element',
      rule: 'called-element-attribute',
      xml: model(
        sequence(
          `<bpmn:callActivity id="call">${extensions('<camunda:calledElement>${process_to_execute}</camunda:calledElement><camunda:in variables="all" />')}</bpmn:callActivity>`,
        ),
      ),
      fixed: '<bpmn:callActivity id="call" calledElement="${process_to_execute}">',
    },
    {
      trap: 'T4: extensionElements behind the flows',
      rule: 'child-order',
      xml: model(
        sequence(
          `<bpmn:serviceTask id="work" camunda:type="external" camunda:topic="check_order"><bpmn:incoming>to_work</bpmn:incoming><bpmn:outgoing>to_done</bpmn:outgoing>${extensions(inputParameter('7'))}</bpmn:serviceTask>`,
        ),
      ),
      fixed: '</bpmn:extensionElements><bpmn:incoming>to_work</bpmn:incoming>',
    },
    {
      trap: 'T4: an event definition before the flows',
      rule: 'child-order',
      xml: model(
        sequence(
          '<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition id="timer"><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition><bpmn:incoming>to_wait</bpmn:incoming><bpmn:outgoing>to_done</bpmn:outgoing></bpmn:intermediateCatchEvent>',
        ),
      ),
      fixed: '<bpmn:outgoing>to_done</bpmn:outgoing><bpmn:timerEventDefinition id="timer">',
    },
    {
      trap: 'T4: a prefix that is not declared',
      rule: 'namespaces',
      xml: taskModel().replace('xmlns:camunda="http://camunda.org/schema/1.0/bpmn"', ''),
      fixed: 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
    },
    {
      trap: 'T4: no targetNamespace',
      rule: 'namespaces',
      xml: taskModel().replace('targetNamespace="http://procos.test/bpmn"', ''),
      fixed: 'targetNamespace="http://procos.org/bpmn"',
    },
    { trap: 'T5: no diagram at all', rule: 'has-diagram', xml: taskModel(), fixed: 'bpmnElement="to_work"' },
    {
      trap: 'T5: a diagram that draws one of three nodes',
      rule: 'has-diagram',
      xml: taskModel(
        {},
        {
          diagram:
            '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="order"><bpmndi:BPMNShape id="begin_di" bpmnElement="begin"><dc:Bounds x="0" y="0" width="36" height="36" /></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>',
        },
      ),
      fixed: 'bpmnElement="to_work"',
    },
    {
      trap: 'T6: no historyTimeToLive',
      rule: 'history-time-to-live',
      xml: taskModel().replace('camunda:historyTimeToLive="P30D"', ''),
      fixed: 'camunda:historyTimeToLive="P30D"',
    },
  ];

describe('the traps of copied models', () => {
  it.each(traps)('$trap is found and can be fixed', async ({ rule, xml, fixed }) => {
    // given
    const findings = await lintProcessModel(xml, { file: 'order.bpmn' });

    // when
    const result = await fixProcessModel(xml);

    // then
    expect(findings.filter((finding) => finding.rule === rule)).not.toEqual([]);
    expect(findings.find((finding) => finding.rule === rule)).toMatchObject({ file: 'order.bpmn', fixable: true });
    expect(result.applied.map((applied) => applied.rule)).toContain(rule);
    expect(result.xml).toContain(fixed);
    expect(await rulesOf(result.xml)).not.toContain(rule);
  });

  it.each(traps)(
    '$trap leaves no finding that a fix could repair, and a second fix changes nothing',
    async ({ xml }) => {
      const once = await fixProcessModel(xml);
      const twice = await fixProcessModel(once.xml);

      expect(
        (await lintProcessModel(once.xml)).filter(({ fixable, severity }) => fixable || severity === 'error'),
      ).toEqual([]);
      expect(twice).toEqual({ xml: once.xml, applied: [] });
    },
  );

  it.each(traps)('$trap is the only error of its model', async ({ rule, xml }) => {
    const findings = await lintProcessModel(xml);

    const others = findings.filter(
      (finding) => finding.severity === 'error' && ![rule, 'readable'].includes(finding.rule),
    );
    expect(others).toEqual([]);
  });
});

describe('fixing a model', () => {
  it('returns a model without findings as it came, byte for byte', async () => {
    const clean = await layOutProcessModel(taskModel());

    expect(await fixProcessModel(clean)).toEqual({ xml: clean, applied: [] });
  });

  it('keeps comments, blank lines and extensions it does not touch', async () => {
    const xml = taskModel({
      extensions:
        '<!-- why -->\n\n<camunda:properties><camunda:property name="owner" value="a &amp; b" /></camunda:properties>',
    }).replace('camunda:historyTimeToLive="P30D"', '');

    const { xml: fixed } = await fixProcessModel(xml);

    expect(fixed).toContain(
      '<!-- why -->\n\n<camunda:properties><camunda:property name="owner" value="a &amp; b" /></camunda:properties>',
    );
  });

  it('removes an exact copy of a flow instead of letting the next step run twice', async () => {
    const copy = '<bpmn:sequenceFlow id="to_done" sourceRef="work" targetRef="done" />';

    const { xml, applied } = await fixProcessModel(taskModel().replace(copy, `${copy}${copy}`));

    expect(applied).toContainEqual({
      rule: 'unique-ids',
      elementId: 'to_done',
      description: 'removed <bpmn:sequenceFlow>, an exact copy of the one before',
    });
    expect(xml.split(copy)).toHaveLength(2);
  });

  it('lets the default flow of a gateway follow when its id changes', async () => {
    const xml = model(`<bpmn:startEvent id="begin" />
      <bpmn:exclusiveGateway id="first" default="otherwise" /><bpmn:exclusiveGateway id="second" default="otherwise" />
      <bpmn:endEvent id="done" /><bpmn:endEvent id="left" />
      <bpmn:sequenceFlow id="to_first" sourceRef="begin" targetRef="first" />
      <bpmn:sequenceFlow id="yes" sourceRef="first" targetRef="left"><bpmn:conditionExpression>\${a}</bpmn:conditionExpression></bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="otherwise" sourceRef="first" targetRef="second" />
      <bpmn:sequenceFlow id="also" sourceRef="second" targetRef="left"><bpmn:conditionExpression>\${b}</bpmn:conditionExpression></bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="otherwise" sourceRef="second" targetRef="done" />`);

    const { xml: fixed } = await fixProcessModel(xml);

    expect(fixed).toContain('<bpmn:exclusiveGateway id="first" default="otherwise"');
    expect(fixed).toContain('<bpmn:exclusiveGateway id="second" default="otherwise_2"');
  });

  it('rewrites #{…} to ${…} where the expression itself is allowed, and only there', async () => {
    const { xml } = await fixProcessModel(taskModel({ extensions: inputParameter('#{amount &gt; 3} #{bean.call()}') }));

    expect(xml).toContain('${amount &gt; 3} #{bean.call()}');
  });

  it('refuses what the safe intake refuses', async () => {
    const fixing = fixProcessModel(`<!DOCTYPE x>${taskModel({}, { prolog: '' })}`);

    await expect(fixing).rejects.toMatchObject({
      code: 'PROCOS_MODEL_DOCTYPE',
      message: 'The model contains a markup declaration such as <!DOCTYPE> (line 1)',
    });
  });
});
