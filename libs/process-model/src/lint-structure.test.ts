import { describe, expect, it } from 'vitest';
import { model, sequence, task, taskModel } from './fixtures/model-builder.ts';
import { lintProcessModel } from './lint-process-model.ts';

const boundary =
  '<bpmn:boundaryEvent id="failed" attachedToRef="work"><bpmn:errorEventDefinition /></bpmn:boundaryEvent>';

/** One fault each: the finding it must lead to. */
const faults: readonly { readonly name: string; readonly xml: string; readonly finding: object }[] = [
  {
    name: 'an id that is no XML id',
    xml: taskModel().replaceAll('"work"', '"1 work"'),
    finding: {
      rule: 'unique-ids',
      elementId: '1 work',
      severity: 'error',
      fixable: true,
      message: 'The id "1 work" is not a valid XML id',
    },
  },
  {
    name: 'a flow without id',
    xml: taskModel().replace('id="to_work"', ''),
    finding: {
      rule: 'unique-ids',
      severity: 'warning',
      fixable: true,
      message: '<bpmn:sequenceFlow> has no id: it cannot be drawn or found in the history',
    },
  },
  {
    name: 'a task without implementation',
    xml: model(sequence('<bpmn:serviceTask id="work" />')),
    finding: {
      rule: 'external-task-implementation',
      elementId: 'work',
      elementType: 'bpmn:ServiceTask',
      severity: 'error',
      fixable: false,
      message: 'The task has no implementation; only external tasks are allowed',
    },
  },
  {
    name: 'a topic without type',
    xml: model(sequence('<bpmn:serviceTask id="work" camunda:topic="t" />')),
    finding: { rule: 'external-task-implementation', elementId: 'work', fixable: true },
  },
  {
    name: 'an external task without topic',
    xml: model(sequence('<bpmn:serviceTask id="work" camunda:type="external" />')),
    finding: { rule: 'external-task-implementation', message: 'The external task has no topic' },
  },
  {
    name: 'a call of nothing',
    xml: model(sequence('<bpmn:callActivity id="call" />')),
    finding: { rule: 'called-element-attribute', elementId: 'call', fixable: false },
  },
  {
    name: 'a flow to nowhere',
    xml: taskModel().replace('targetRef="done"', 'targetRef="gone"'),
    finding: {
      rule: 'referenced-ids',
      elementId: 'to_done',
      elementType: 'bpmn:SequenceFlow',
      message: 'targetRef names "gone", which does not exist',
    },
  },
  {
    name: 'a flow to a message',
    xml: taskModel({}, { rootElements: '<bpmn:message id="gone" name="Gone" />' }).replace(
      'targetRef="done"',
      'targetRef="gone"',
    ),
    finding: { rule: 'referenced-ids', message: 'targetRef names a <bpmn:message>' },
  },
  {
    name: 'a flow into a sub-process',
    xml: model(
      `${sequence(task('work'))}<bpmn:subProcess id="part"><bpmn:startEvent id="s" /><bpmn:endEvent id="e" /><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e" /></bpmn:subProcess><bpmn:sequenceFlow id="cross" sourceRef="work" targetRef="e" />`,
    ),
    finding: {
      rule: 'referenced-ids',
      elementId: 'cross',
      message: 'targetRef names "e", which lies in another sub-process or process',
    },
  },
  {
    name: 'a boundary event on nothing',
    xml: model(`${sequence(task('work'))}${boundary.replace('"work"', '"gone"')}`),
    finding: { rule: 'referenced-ids', elementId: 'failed' },
  },
  {
    name: 'a message that does not exist',
    xml: model(sequence('<bpmn:receiveTask id="wait" messageRef="gone" />')),
    finding: { rule: 'referenced-ids', elementId: 'wait' },
  },
  {
    name: 'a list of flows that does not agree',
    xml: taskModel({ children: '<bpmn:incoming>to_done</bpmn:incoming>' }),
    finding: { rule: 'referenced-ids', elementId: 'work', severity: 'warning', fixable: true },
  },
  {
    name: 'a message without name',
    xml: model(sequence('<bpmn:receiveTask id="wait" messageRef="m" />'), { rootElements: '<bpmn:message id="m" />' }),
    finding: { rule: 'message-name', elementId: 'm', message: 'The message has no name' },
  },
  {
    name: 'an event that waits for no message',
    xml: model(
      sequence(
        '<bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition id="def" /></bpmn:intermediateCatchEvent>',
      ),
    ),
    finding: { rule: 'message-name', elementId: 'wait', severity: 'error' },
  },
  {
    name: 'an event that sends nothing',
    xml: model(
      sequence(
        '<bpmn:intermediateThrowEvent id="send"><bpmn:messageEventDefinition id="def" /></bpmn:intermediateThrowEvent>',
      ),
    ),
    finding: { rule: 'message-name', elementId: 'send', severity: 'warning' },
  },
  {
    name: 'a model without process',
    xml: '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x" />',
    finding: { rule: 'executable', elementId: 'd', message: 'The model holds no process' },
  },
  {
    name: 'a process that is not executable',
    xml: taskModel().replace('isExecutable="true"', 'isExecutable="false"'),
    finding: { rule: 'executable', elementId: 'order', message: 'No process of the model is executable' },
  },
  {
    name: 'a time to live in months',
    xml: taskModel().replace('P30D', 'P1M'),
    finding: {
      rule: 'history-time-to-live',
      fixable: false,
      message: 'historyTimeToLive="P1M" is not a number of days such as P30D',
    },
  },
  {
    name: 'stray text',
    xml: taskModel({ children: 'oops' }),
    finding: {
      rule: 'schema-content',
      elementId: 'work',
      severity: 'error',
      message: '<bpmn:serviceTask> contains the text "oops"',
    },
  },
  {
    name: 'an attribute that BPMN does not know',
    xml: taskModel({ attributes: 'topic="t"' }),
    finding: { rule: 'schema-content', elementId: 'work', message: '<bpmn:serviceTask> has no attribute topic' },
  },
  {
    name: 'an attribute on an expression',
    xml: model(
      sequence(
        '<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration unit="s">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
      ),
    ),
    finding: { rule: 'schema-content', elementId: 'wait', message: '<bpmn:timeDuration> has no attribute unit' },
  },
  {
    name: 'an element where it does not belong',
    xml: taskModel({ children: '<bpmn:sequenceFlow id="x" sourceRef="work" targetRef="done" />' }),
    finding: { rule: 'schema-content', severity: 'error' },
  },
  {
    name: 'an extension outside extensionElements',
    xml: taskModel({ children: '<camunda:inputOutput />' }),
    finding: {
      rule: 'schema-content',
      elementId: 'work',
      message: '<camunda:inputOutput> may not stand in <bpmn:serviceTask>',
    },
  },
  {
    name: 'two extensionElements',
    xml: taskModel({ extensions: '<camunda:properties />', children: '<bpmn:extensionElements />' }),
    finding: { rule: 'schema-content', message: '<bpmn:serviceTask> has more than one <extensionElements>' },
  },
  {
    name: 'a boolean that is none',
    xml: taskModel({ attributes: 'isForCompensation="no"' }),
    finding: { rule: 'schema-content', message: 'isForCompensation="no" is neither true nor false' },
  },
  {
    name: 'a type of another schema',
    xml: taskModel({ attributes: 'xsi:type="bpmn:tFormalExpression"' }),
    finding: { rule: 'schema-content', message: '<bpmn:serviceTask> is not of the type "bpmn:tFormalExpression"' },
  },
  {
    name: 'an attribute on a list of flows',
    xml: taskModel({ children: '<bpmn:incoming id="x">to_work</bpmn:incoming>' }),
    finding: { rule: 'schema-content', message: '<bpmn:incoming> has the attribute id' },
  },
];

describe('linting the structure of a model', () => {
  it.each(faults)('finds $name', async ({ xml, finding }) => {
    expect(await lintProcessModel(xml)).toContainEqual(expect.objectContaining(finding));
  });
});
