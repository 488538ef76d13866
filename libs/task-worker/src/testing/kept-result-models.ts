import type { HandlerResult } from '../core/messages.ts';

/** What follows a task in its process and cannot be carried out, and how people mend it. */
export interface BrokenSequel {
  readonly name: string;
  /** Elements after the task `pay`, from flow `f_next` on; `EXTRA` of the task itself. */
  readonly sequel: string;
  readonly ofTask?: string;
  /** What the engine names. */
  readonly reason: RegExp;
  /** Variables that mend it; none: only another model would. */
  readonly mendedBy: Readonly<Record<string, unknown>> | undefined;
  readonly result?: HandlerResult;
}

const end = '<endEvent id="end" />';

export const brokenSequels: readonly BrokenSequel[] = [
  {
    name: 'a condition with an unknown name',
    sequel: `<exclusiveGateway id="which" default="f_no" /><sequenceFlow id="f_next" sourceRef="pay" targetRef="which" />
      <sequenceFlow id="f_yes" sourceRef="which" targetRef="end"><conditionExpression xsi:type="tFormalExpression">\${approvedd}</conditionExpression></sequenceFlow>
      <sequenceFlow id="f_no" sourceRef="which" targetRef="end" />${end}`,
    reason: /approvedd/,
    mendedBy: { approvedd: true },
  },
  {
    name: 'a gateway of which no flow can be taken',
    sequel: `<exclusiveGateway id="which" /><sequenceFlow id="f_next" sourceRef="pay" targetRef="which" />
      <sequenceFlow id="f_yes" sourceRef="which" targetRef="end"><conditionExpression xsi:type="tFormalExpression">\${mode == 'fast'}</conditionExpression></sequenceFlow>
      <sequenceFlow id="f_no" sourceRef="which" targetRef="end"><conditionExpression xsi:type="tFormalExpression">\${mode == 'slow'}</conditionExpression></sequenceFlow>${end}`,
    reason: /which/,
    mendedBy: { mode: 'slow' },
  },
  {
    name: 'a called process that does not exist',
    sequel: `<callActivity id="call" calledElement="\${callee}"><extensionElements /></callActivity><sequenceFlow id="f_next" sourceRef="pay" targetRef="call" /><sequenceFlow id="f_end" sourceRef="call" targetRef="end" />${end}`,
    reason: /nobody_has_deployed_this/,
    mendedBy: { callee: 'kept_called' },
  },
  {
    name: 'a number of repetitions that nobody has set',
    sequel: `<subProcess id="each"><multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">\${total}</loopCardinality></multiInstanceLoopCharacteristics>
      <startEvent id="each_start" /><sequenceFlow id="f_each" sourceRef="each_start" targetRef="each_end" /><endEvent id="each_end" /></subProcess>
      <sequenceFlow id="f_next" sourceRef="pay" targetRef="each" /><sequenceFlow id="f_end" sourceRef="each" targetRef="end" />${end}`,
    reason: /total/,
    mendedBy: { total: 2 },
  },
  {
    name: 'an output parameter of the task itself',
    ofTask:
      '<camunda:inputOutput><camunda:outputParameter name="copy">${receiptt}</camunda:outputParameter></camunda:inputOutput>',
    sequel: `<sequenceFlow id="f_next" sourceRef="pay" targetRef="end" />${end}`,
    reason: /receiptt/,
    mendedBy: { receiptt: 'r' },
  },
  {
    name: 'a broken step behind the error that the task has told',
    result: { kind: 'bpmnError', code: 'DECLINED', message: 'declined', variables: { receipt: 'r-1' } },
    sequel: `<sequenceFlow id="f_next" sourceRef="pay" targetRef="end" />${end}<boundaryEvent id="declined" attachedToRef="pay"><errorEventDefinition errorRef="Declined" /></boundaryEvent>
      <exclusiveGateway id="which" default="f_no" /><sequenceFlow id="f_declined" sourceRef="declined" targetRef="which" />
      <sequenceFlow id="f_yes" sourceRef="which" targetRef="end"><conditionExpression xsi:type="tFormalExpression">\${approvedd}</conditionExpression></sequenceFlow><sequenceFlow id="f_no" sourceRef="which" targetRef="end" />`,
    reason: /DECLINED/,
    mendedBy: { approvedd: false },
  },
  {
    name: 'a name of a variable that its column cannot hold',
    result: { kind: 'complete', variables: { receipt: 'r-1', ['n'.repeat(300)]: 1 } },
    sequel: `<sequenceFlow id="f_next" sourceRef="pay" targetRef="end" />${end}`,
    reason: /persistence layer|too long/,
    mendedBy: undefined,
  },
];

/** A model of one task and what follows it. @param index makes key and topic its own */
export function brokenModel({ sequel, ofTask = '' }: BrokenSequel, index: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://procos.dev/test">
  <error id="Declined" errorCode="DECLINED" />
  <process id="kept_${index}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="start" /><sequenceFlow id="f_in" sourceRef="start" targetRef="pay" />
    <serviceTask id="pay" camunda:type="external" camunda:topic="kept_${index}"><extensionElements>${ofTask}</extensionElements></serviceTask>
    ${sequel}
  </process>
</definitions>
`;
}

export const calledModel = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="https://procos.dev/test">
  <process id="kept_called" isExecutable="true" camunda:historyTimeToLive="P1D"><startEvent id="start" /><sequenceFlow id="f" sourceRef="start" targetRef="end" /><endEvent id="end" /></process>
</definitions>
`;
