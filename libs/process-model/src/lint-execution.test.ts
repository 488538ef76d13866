import { describe, expect, it } from 'vitest';
import { gateway, model, sequence, task, taskModel } from './fixtures/model-builder.ts';
import { lintProcessModel } from './lint-process-model.ts';

/** One fault each: the finding it must lead to. */
const faults: readonly { readonly name: string; readonly xml: string; readonly finding: object }[] = [
  {
    name: 'a timer without time',
    xml: model(
      sequence('<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition /></bpmn:intermediateCatchEvent>'),
    ),
    finding: {
      rule: 'event-configuration',
      elementId: 'wait',
      severity: 'error',
      message: 'The timer has no date, duration or cycle',
    },
  },
  {
    name: 'a boundary event without trigger',
    xml: model(`${sequence(task('work'))}<bpmn:boundaryEvent id="failed" attachedToRef="work" />`),
    finding: { rule: 'event-configuration', elementId: 'failed' },
  },
  {
    name: 'a thrown error without code',
    xml: model(
      sequence(task('work')).replace(
        '<bpmn:endEvent id="done" />',
        '<bpmn:endEvent id="done"><bpmn:errorEventDefinition errorRef="bad" /></bpmn:endEvent>',
      ),
      { rootElements: '<bpmn:error id="bad" />' },
    ),
    finding: { rule: 'event-configuration', elementId: 'bad', message: '<bpmn:error> is thrown and has no errorCode' },
  },
  {
    name: 'an end event that throws nothing',
    xml: model(
      sequence(task('work')).replace(
        '<bpmn:endEvent id="done" />',
        '<bpmn:endEvent id="done"><bpmn:errorEventDefinition /></bpmn:endEvent>',
      ),
    ),
    finding: { rule: 'event-configuration', elementId: 'done' },
  },
  {
    name: 'a loop over nothing',
    xml: taskModel({ children: '<bpmn:multiInstanceLoopCharacteristics isSequential="true" />' }),
    finding: { rule: 'event-configuration', elementId: 'work' },
  },
  {
    name: 'an event-based gateway before a task',
    xml: model(sequence('<bpmn:eventBasedGateway id="choice" />', task('work'))),
    finding: { rule: 'event-configuration', elementId: 'to_work' },
  },
  {
    name: 'an input without name',
    xml: taskModel({
      extensions: '<camunda:inputOutput><camunda:inputParameter>7</camunda:inputParameter></camunda:inputOutput>',
    }),
    finding: { rule: 'extension-parameters', elementId: 'work', message: '<camunda:inputParameter> has no name' },
  },
  {
    name: 'inputs in two places',
    xml: taskModel({ extensions: '<camunda:inputOutput /><camunda:inputOutput />' }),
    finding: { rule: 'extension-parameters', message: 'The element has more than one <inputOutput>' },
  },
  {
    name: 'a passed variable without source',
    xml: model(
      sequence(
        '<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:in target="y" /></bpmn:extensionElements></bpmn:callActivity>',
      ),
    ),
    finding: { rule: 'extension-parameters', elementId: 'call' },
  },
  {
    name: 'a passed variable without target',
    xml: model(
      sequence(
        '<bpmn:callActivity id="call" calledElement="x"><bpmn:extensionElements><camunda:out source="y" /></bpmn:extensionElements></bpmn:callActivity>',
      ),
    ),
    finding: { rule: 'extension-parameters', message: '<camunda:out> has no target' },
  },
  {
    name: 'two signals with one name',
    xml: taskModel({}, { rootElements: '<bpmn:signal id="a" name="S" /><bpmn:signal id="b" name="S" />' }),
    finding: { rule: 'message-name', elementId: 'b', severity: 'error' },
  },
  {
    name: 'an association to nothing',
    xml: model(`${sequence(task('work'))}<bpmn:association id="a" sourceRef="work" targetRef="gone" />`),
    finding: { rule: 'referenced-ids', elementId: 'a' },
  },
  {
    name: 'a listed flow that is no reference',
    xml: taskModel({ children: '<bpmn:incoming>7 f</bpmn:incoming>' }),
    finding: { rule: 'referenced-ids', elementId: 'work', severity: 'error', fixable: true },
  },
  {
    name: 'an ad-hoc sub-process',
    xml: model(sequence('<bpmn:adHocSubProcess id="any" />')),
    finding: { rule: 'supported-elements', elementId: 'any', severity: 'error' },
  },
  {
    name: 'a gateway without default flow',
    xml: gateway('', '${a}', '${b}'),
    finding: { rule: 'gateway-default-flow', elementId: 'choice', severity: 'warning' },
  },
  {
    name: 'a flow without condition',
    xml: gateway('default="flow_0"', '', '${b}', ''),
    finding: {
      rule: 'gateway-conditions',
      elementId: 'flow_2',
      severity: 'error',
      message: 'The flow has no condition and is not the default flow',
    },
  },
  {
    name: 'a gateway that leads nowhere',
    xml: gateway(''),
    finding: { rule: 'gateway-conditions', elementId: 'choice', severity: 'error' },
  },
  {
    name: 'a condition without alternative',
    xml: gateway('', '${a}'),
    finding: { rule: 'gateway-conditions', elementId: 'choice', message: 'The only outgoing flow has a condition' },
  },
  {
    name: 'two flows without condition',
    xml: gateway('', '', ''),
    finding: { rule: 'gateway-conditions', elementId: 'flow_1', severity: 'error' },
  },
  {
    name: 'a default flow with a condition',
    xml: gateway('default="flow_0"', '${a}', '${b}'),
    finding: { rule: 'gateway-conditions', elementId: 'flow_0' },
  },
  {
    name: 'a failure that nobody handles',
    xml: taskModel(),
    finding: {
      rule: 'error-boundary-on-external',
      elementId: 'work',
      elementType: 'bpmn:ServiceTask',
      severity: 'warning',
    },
  },
  {
    name: 'an unbounded parallel loop',
    xml: taskModel({
      children: '<bpmn:multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item" />',
    }),
    finding: { rule: 'bounded-multi-instance', elementId: 'work', severity: 'warning' },
  },
  {
    name: 'a loop beyond the bound',
    xml: taskModel({
      children:
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>1001</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
    }),
    finding: { rule: 'bounded-multi-instance', elementId: 'work' },
  },
  {
    name: 'no start event',
    xml: model(task('work')),
    finding: { rule: 'start-event-required', elementId: 'order', severity: 'error' },
  },
  {
    name: 'two blank start events',
    xml: model(
      `${sequence(task('work'))}<bpmn:startEvent id="second" /><bpmn:sequenceFlow id="f" sourceRef="second" targetRef="work" />`,
    ),
    finding: { rule: 'start-event', elementId: 'second', severity: 'error' },
  },
  {
    name: 'a step nothing leads to',
    xml: model(`${sequence(task('work'))}${task('island')}`),
    finding: { rule: 'no-implicit-start', elementId: 'island', severity: 'warning' },
  },
  {
    name: 'an undeclared prefix nobody knows',
    xml: taskModel({ extensions: '<strange:thing />' }),
    finding: { rule: 'namespaces', fixable: false, message: 'The prefix "strange" is used but not declared' },
  },
  {
    name: 'a drawing of nothing',
    xml: taskModel(
      {},
      { diagram: '<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="gone" /></bpmndi:BPMNDiagram>' },
    ),
    finding: {
      rule: 'has-diagram',
      severity: 'warning',
      message: '<bpmndi:BPMNPlane> draws "gone", which does not exist',
    },
  },
];

describe('linting what a model does when it runs', () => {
  it.each(faults)('finds $name', async ({ xml, finding }) => {
    expect(await lintProcessModel(xml)).toContainEqual(expect.objectContaining(finding));
  });
});
