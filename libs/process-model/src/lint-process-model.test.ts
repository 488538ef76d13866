import { describe, expect, it } from 'vitest';
import { lintProcessModel } from './lint-process-model.ts';
import { model, sequence, task, taskModel } from './fixtures/model-builder.ts';

const gateway = (attributes: string, ...conditions: readonly string[]): string =>
  model(`<bpmn:startEvent id="begin" /><bpmn:exclusiveGateway id="choice" ${attributes} /><bpmn:sequenceFlow id="in" sourceRef="begin" targetRef="choice" />
    ${conditions.map((condition, index) => `<bpmn:endEvent id="end_${index}" /><bpmn:sequenceFlow id="flow_${index}" sourceRef="choice" targetRef="end_${index}">${condition === '' ? '' : `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`).join('')}`);

const boundary = '<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>';

/** One fault each: the finding it must lead to. */
const faults: readonly { readonly name: string; readonly xml: string; readonly finding: object }[] = [
  { name: 'an id that is no XML id', xml: taskModel().replaceAll('"work"', '"1 work"'), finding: { rule: 'unique-ids', elementId: '1 work', severity: 'error', fixable: true, message: 'The id "1 work" is not a valid XML id' } },
  { name: 'a flow without id', xml: taskModel().replace('id="to_work"', ''), finding: { rule: 'unique-ids', severity: 'warning', fixable: true, message: '<bpmn:sequenceFlow> has no id: it cannot be drawn or found in the history' } },
  { name: 'a task without implementation', xml: model(sequence('<bpmn:serviceTask id="work" />')), finding: { rule: 'external-task-implementation', elementId: 'work', elementType: 'bpmn:ServiceTask', severity: 'error', fixable: false, message: 'The task has no implementation; only external tasks are allowed' } },
  { name: 'a topic without type', xml: model(sequence('<bpmn:serviceTask id="work" camunda:topic="t" />')), finding: { rule: 'external-task-implementation', elementId: 'work', fixable: true } },
  { name: 'an external task without topic', xml: model(sequence('<bpmn:serviceTask id="work" camunda:type="external" />')), finding: { rule: 'external-task-implementation', message: 'The external task has no topic' } },
  { name: 'a call of nothing', xml: model(sequence('<bpmn:callActivity id="call" />')), finding: { rule: 'called-element-attribute', elementId: 'call', fixable: false } },
  { name: 'a flow to nowhere', xml: taskModel().replace('targetRef="done"', 'targetRef="gone"'), finding: { rule: 'referenced-ids', elementId: 'to_done', elementType: 'bpmn:SequenceFlow', message: 'targetRef names "gone", which does not exist' } },
  { name: 'a flow to a message', xml: taskModel({}, { rootElements: '<bpmn:message id="gone" name="Gone" />' }).replace('targetRef="done"', 'targetRef="gone"'), finding: { rule: 'referenced-ids', message: 'targetRef names a <bpmn:message>' } },
  { name: 'a flow into a sub-process', xml: model(`${sequence(task('work'))}<bpmn:subProcess id="part"><bpmn:startEvent id="s" /><bpmn:endEvent id="e" /><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e" /></bpmn:subProcess><bpmn:sequenceFlow id="cross" sourceRef="work" targetRef="e" />`), finding: { rule: 'referenced-ids', elementId: 'cross', message: 'targetRef names "e", which lies in another sub-process or process' } },
  { name: 'a boundary event on nothing', xml: model(`${sequence(task('work'))}${boundary.replace('"work"', '"gone"')}`), finding: { rule: 'referenced-ids', elementId: 'failed' } },
  { name: 'a message that does not exist', xml: model(sequence('<bpmn:receiveTask id="wait" messageRef="gone" />')), finding: { rule: 'referenced-ids', elementId: 'wait' } },
  { name: 'a list of flows that does not agree', xml: taskModel({ children: '<bpmn:incoming>to_done</bpmn:incoming>' }), finding: { rule: 'referenced-ids', elementId: 'work', severity: 'warning', fixable: true } },
  { name: 'a message without name', xml: model(sequence('<bpmn:receiveTask id="wait" messageRef="m" />'), { rootElements: '<bpmn:message id="m" />' }), finding: { rule: 'message-name', elementId: 'm', message: 'The message has no name' } },
  { name: 'an event that waits for no message', xml: model(sequence('<bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition id="def" /></bpmn:intermediateCatchEvent>')), finding: { rule: 'message-name', elementId: 'wait', severity: 'error' } },
  { name: 'an event that sends nothing', xml: model(sequence('<bpmn:intermediateThrowEvent id="send"><bpmn:messageEventDefinition id="def" /></bpmn:intermediateThrowEvent>')), finding: { rule: 'message-name', elementId: 'send', severity: 'warning' } },
  { name: 'a model without process', xml: '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x" />', finding: { rule: 'executable', elementId: 'd', message: 'The model holds no process' } },
  { name: 'a process that is not executable', xml: taskModel().replace('isExecutable="true"', 'isExecutable="false"'), finding: { rule: 'executable', elementId: 'order', message: 'No process of the model is executable' } },
  { name: 'a time to live in months', xml: taskModel().replace('P30D', 'P1M'), finding: { rule: 'history-time-to-live', fixable: false, message: 'historyTimeToLive="P1M" is not a number of days such as P30D' } },
  { name: 'stray text', xml: taskModel({ children: 'oops' }), finding: { rule: 'schema-content', elementId: 'work', severity: 'error', message: '<bpmn:serviceTask> contains the text "oops"' } },
  { name: 'an attribute that BPMN does not know', xml: taskModel({ attributes: 'topic="t"' }), finding: { rule: 'schema-content', elementId: 'work', message: '<bpmn:serviceTask> has no attribute topic' } },
  { name: 'an attribute on an expression', xml: model(sequence('<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration unit="s">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>')), finding: { rule: 'schema-content', elementId: 'wait', message: '<bpmn:timeDuration> has no attribute unit' } },
  { name: 'an element where it does not belong', xml: taskModel({ children: '<bpmn:sequenceFlow id="x" sourceRef="work" targetRef="done" />' }), finding: { rule: 'schema-content', severity: 'error' } },
  { name: 'an extension outside extensionElements', xml: taskModel({ children: '<camunda:inputOutput />' }), finding: { rule: 'schema-content', elementId: 'work', message: '<camunda:inputOutput> may not stand in <bpmn:serviceTask>' } },
  { name: 'two extensionElements', xml: taskModel({ extensions: '<camunda:properties />', children: '<bpmn:extensionElements />' }), finding: { rule: 'schema-content', message: '<bpmn:serviceTask> has more than one <extensionElements>' } },
  { name: 'a boolean that is none', xml: taskModel({ attributes: 'isForCompensation="no"' }), finding: { rule: 'schema-content', message: 'isForCompensation="no" is neither true nor false' } },
  { name: 'a type of another schema', xml: taskModel({ attributes: 'xsi:type="bpmn:tFormalExpression"' }), finding: { rule: 'schema-content', message: '<bpmn:serviceTask> is not of the type "bpmn:tFormalExpression"' } },
  { name: 'an attribute on a list of flows', xml: taskModel({ children: '<bpmn:incoming id="x">to_work</bpmn:incoming>' }), finding: { rule: 'schema-content', message: '<bpmn:incoming> has the attribute id' } },
  { name: 'a timer without time', xml: model(sequence('<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition /></bpmn:intermediateCatchEvent>')), finding: { rule: 'event-configuration', elementId: 'wait', severity: 'error', message: 'The timer has no date, duration or cycle' } },
  { name: 'a boundary event without trigger', xml: model(`${sequence(task('work'))}<bpmn:boundaryEvent id="failed" attachedToRef="work" />`), finding: { rule: 'event-configuration', elementId: 'failed' } },
  { name: 'a thrown error without code', xml: model(sequence(task('work')).replace('<bpmn:endEvent id="done" />', '<bpmn:endEvent id="done"><bpmn:errorEventDefinition errorRef="bad" /></bpmn:endEvent>'), { rootElements: '<bpmn:error id="bad" />' }), finding: { rule: 'event-configuration', elementId: 'bad', message: '<bpmn:error> is thrown and has no errorCode' } },
  { name: 'an end event that throws nothing', xml: model(sequence(task('work')).replace('<bpmn:endEvent id="done" />', '<bpmn:endEvent id="done"><bpmn:errorEventDefinition /></bpmn:endEvent>')), finding: { rule: 'event-configuration', elementId: 'done' } },
  { name: 'a loop over nothing', xml: taskModel({ children: '<bpmn:multiInstanceLoopCharacteristics isSequential="true" />' }), finding: { rule: 'event-configuration', elementId: 'work' } },
  { name: 'an event-based gateway before a task', xml: model(sequence('<bpmn:eventBasedGateway id="choice" />', task('work'))), finding: { rule: 'event-configuration', elementId: 'to_work' } },
  { name: 'an input without name', xml: taskModel({ extensions: '<camunda:inputOutput><camunda:inputParameter>7</camunda:inputParameter></camunda:inputOutput>' }), finding: { rule: 'extension-parameters', elementId: 'work', message: '<camunda:inputParameter> has no name' } },
  { name: 'inputs in two places', xml: taskModel({ extensions: '<camunda:inputOutput /><camunda:inputOutput />' }), finding: { rule: 'extension-parameters', message: 'The element has more than one <inputOutput>' } },
  { name: 'a passed variable without source', xml: model(sequence('<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:in target="y" /></bpmn:extensionElements></bpmn:callActivity>')), finding: { rule: 'extension-parameters', elementId: 'call' } },
  { name: 'a passed variable without target', xml: model(sequence('<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:out source="y" /></bpmn:extensionElements></bpmn:callActivity>')), finding: { rule: 'extension-parameters', message: '<camunda:out> has no target' } },
  { name: 'two signals with one name', xml: taskModel({}, { rootElements: '<bpmn:signal id="a" name="S" /><bpmn:signal id="b" name="S" />' }), finding: { rule: 'message-name', elementId: 'b', severity: 'error' } },
  { name: 'an association to nothing', xml: model(`${sequence(task('work'))}<bpmn:association id="a" sourceRef="work" targetRef="gone" />`), finding: { rule: 'referenced-ids', elementId: 'a' } },
  { name: 'a listed flow that is no reference', xml: taskModel({ children: '<bpmn:incoming>7 f</bpmn:incoming>' }), finding: { rule: 'referenced-ids', elementId: 'work', severity: 'error', fixable: true } },
  { name: 'an ad-hoc sub-process', xml: model(sequence('<bpmn:adHocSubProcess id="any" />')), finding: { rule: 'supported-elements', elementId: 'any', severity: 'error' } },
  { name: 'a gateway without default flow', xml: gateway('', '${a}', '${b}'), finding: { rule: 'gateway-default-flow', elementId: 'choice', severity: 'warning' } },
  { name: 'a flow without condition', xml: gateway('default="flow_0"', '', '${b}', ''), finding: { rule: 'gateway-conditions', elementId: 'flow_2', severity: 'error', message: 'The flow has no condition and is not the default flow' } },
  { name: 'a gateway that leads nowhere', xml: gateway(''), finding: { rule: 'gateway-conditions', elementId: 'choice', severity: 'error' } },
  { name: 'a condition without alternative', xml: gateway('', '${a}'), finding: { rule: 'gateway-conditions', elementId: 'choice', message: 'The only outgoing flow has a condition' } },
  { name: 'two flows without condition', xml: gateway('', '', ''), finding: { rule: 'gateway-conditions', elementId: 'flow_1', severity: 'error' } },
  { name: 'a default flow with a condition', xml: gateway('default="flow_0"', '${a}', '${b}'), finding: { rule: 'gateway-conditions', elementId: 'flow_0' } },
  { name: 'a failure that nobody handles', xml: taskModel(), finding: { rule: 'error-boundary-on-external', elementId: 'work', elementType: 'bpmn:ServiceTask', severity: 'warning' } },
  { name: 'an unbounded parallel loop', xml: taskModel({ children: '<bpmn:multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item" />' }), finding: { rule: 'bounded-multi-instance', elementId: 'work', severity: 'warning' } },
  { name: 'a loop beyond the bound', xml: taskModel({ children: '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>1001</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>' }), finding: { rule: 'bounded-multi-instance', elementId: 'work' } },
  { name: 'no start event', xml: model(task('work')), finding: { rule: 'start-event-required', elementId: 'order', severity: 'error' } },
  { name: 'two blank start events', xml: model(`${sequence(task('work'))}<bpmn:startEvent id="second" /><bpmn:sequenceFlow id="f" sourceRef="second" targetRef="work" />`), finding: { rule: 'start-event', elementId: 'second', severity: 'error' } },
  { name: 'a step nothing leads to', xml: model(`${sequence(task('work'))}${task('island')}`), finding: { rule: 'no-implicit-start', elementId: 'island', severity: 'warning' } },
  { name: 'an undeclared prefix nobody knows', xml: taskModel({ extensions: '<strange:thing />' }), finding: { rule: 'namespaces', fixable: false, message: 'The prefix "strange" is used but not declared' } },
  { name: 'a drawing of nothing', xml: taskModel({}, { diagram: '<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="gone" /></bpmndi:BPMNDiagram>' }), finding: { rule: 'has-diagram', severity: 'warning', message: '<bpmndi:BPMNPlane> draws "gone", which does not exist' } },
];

describe('linting a model', () => {
  it.each(faults)('finds $name', async ({ xml, finding }) => {
    expect(await lintProcessModel(xml)).toContainEqual(expect.objectContaining(finding));
  });

  it('shows errors before warnings, each with file, element, rule, message and remedy', async () => {
    const findings = await lintProcessModel(model(sequence('<bpmn:serviceTask id="work" />')), { file: 'order.bpmn' });

    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    for (const finding of findings) {
      expect(finding).toMatchObject({ file: 'order.bpmn', rule: expect.any(String) as string, message: expect.any(String) as string, remedy: expect.stringMatching(/\S\.$/) as string });
    }
  });

  it('accepts any topic as long as nobody says which ones are served', async () => {
    expect((await lintProcessModel(taskModel())).map(({ rule }) => rule)).not.toContain('known-topic');
  });

  it('warns of a topic that is nearly one that is served, and names that', async () => {
    const findings = await lintProcessModel(taskModel(), { knownTopics: new Set(['ai_query', 'check_orders', 'check_mail']) });

    expect(findings).toContainEqual({
      elementId: 'work',
      elementType: 'bpmn:ServiceTask',
      line: 6,
      column: 5,
      rule: 'known-topic',
      message: 'There is no contract for the topic "check_order": is there a worker for it?',
      severity: 'warning',
      remedy: 'Did you mean "check_orders"? Otherwise see that a worker of yours serves this topic.',
      fixable: false,
    });
  });

  it('warns of a topic that no worker is known for', async () => {
    const findings = await lintProcessModel(taskModel(), { knownTopics: new Set(['ai_query']) });

    expect(findings).toContainEqual(expect.objectContaining({ rule: 'known-topic', severity: 'warning', remedy: 'See that a worker of yours serves this topic.' }));
  });

  it('accepts what an allow-list names, known or not', async () => {
    const findings = await lintProcessModel(taskModel(), { knownTopics: new Set(['ai_query']), allowedTopics: ['check_*'] });

    expect(findings.map(({ rule }) => rule)).not.toContain('known-topic');
  });

  it.each([
    ['a near one named', ['check_orders', 'mail'], 'Did you mean "check_orders"? Otherwise have the operator add this topic to PROCOS_TOPICS.'],
    ['a known one named that a pattern allows', ['check_*s'], 'Did you mean "check_orders"? Otherwise have the operator add this topic to PROCOS_TOPICS.'],
    ['none near', ['mail'], 'Use a topic that is allowed, or have the operator add this one to PROCOS_TOPICS.'],
  ])('refuses what an allow-list does not name, %s', async (_name, allowedTopics, remedy) => {
    const findings = await lintProcessModel(taskModel(), { knownTopics: new Set(['check_order', 'check_orders']), allowedTopics });

    expect(findings.filter(({ rule }) => rule === 'known-topic')).toMatchObject([
      { elementId: 'work', severity: 'error', message: 'The topic "check_order" is not allowed here', remedy },
    ]);
  });

  it.each([
    ['warns of', { knownTopics: new Set(['check_order']) }, 'warning'],
    ['refuses, where only some topics are allowed,', { allowedTopics: ['*'] }, 'error'],
  ])('%s a computed topic', async (_name, options, severity) => {
    const xml = taskModel().replace('check_order', '${topic}');

    expect(await lintProcessModel(xml, options)).toContainEqual(
      expect.objectContaining({ rule: 'known-topic', severity, message: 'The topic ${topic} is computed: nobody can tell who serves it' }),
    );
  });

  it('accepts an expression that the operator allows', async () => {
    const xml = taskModel({ attributes: 'camunda:taskPriority="${prio.value()}"' });

    const findings = await lintProcessModel(xml, { allowedExpressions: new Set(['${prio.value()}']) });

    expect(findings.filter(({ rule }) => rule === 'safe-expressions')).toEqual([]);
  });

  it.each([
    ['a boundary event', model(`${sequence(task('work'))}${boundary}<bpmn:endEvent id="other" /><bpmn:sequenceFlow id="f" sourceRef="failed" targetRef="other" />`)],
    ['an error sub-process around it', model(`${sequence(task('work'))}<bpmn:subProcess id="on_error" triggeredByEvent="true"><bpmn:startEvent id="s"><bpmn:errorEventDefinition /></bpmn:startEvent><bpmn:endEvent id="e" /><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e" /></bpmn:subProcess>`)],
  ])('takes a failure for handled by %s', async (_name, xml) => {
    expect((await lintProcessModel(xml)).map(({ rule }) => rule)).not.toContain('error-boundary-on-external');
  });

  it('does not need <incoming> and <outgoing> to understand the flows', async () => {
    const findings = await lintProcessModel(gateway('default="flow_0"', '', '${b}'));

    expect(findings.filter(({ rule }) => rule !== 'has-diagram')).toEqual([]);
  });

  it('tells the line where the element begins, of findings of every kind', async () => {
    const xml = taskModel({ attributes: 'topic="t"' }).replaceAll('<bpmn:', '\n<bpmn:');
    const lineOf = (text: string) => xml.slice(0, xml.indexOf(text)).split('\n').length;

    const findings = await lintProcessModel(xml);

    expect(findings.find(({ rule }) => rule === 'schema-content')).toMatchObject({ line: lineOf('<bpmn:serviceTask'), column: 1 });
    expect(findings.find(({ rule }) => rule === 'error-boundary-on-external')).toMatchObject({ line: lineOf('<bpmn:serviceTask'), column: 1 });
    expect(await lintProcessModel('<definitions>\n<x></definitions>')).toMatchObject([{ rule: 'readable', line: 2 }]);
  });
});
