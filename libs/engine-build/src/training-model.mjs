// The process of the training run: one of each element that processes are made of.

export const TRAINING_KEY = 'engine_training';
export const TRAINING_TOPIC = 'engine_training_topic';

/** An external task, then a message to wait for, then a decision and an asynchronous end. */
export function trainingModel() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="training" targetNamespace="http://procos.org/training">
  <bpmn:message id="message" name="training_message"/>
  <bpmn:process id="${TRAINING_KEY}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="work"/>
    <bpmn:serviceTask id="work" camunda:type="external" camunda:topic="${TRAINING_TOPIC}">
      <bpmn:extensionElements>
        <camunda:inputOutput><camunda:inputParameter name="given">\${text}</camunda:inputParameter></camunda:inputOutput>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="late" attachedToRef="work">
      <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="late" targetRef="end"/>
    <bpmn:sequenceFlow id="f3" sourceRef="work" targetRef="wait"/>
    <bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition messageRef="message"/></bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="wait" targetRef="decide"/>
    <bpmn:exclusiveGateway id="decide" default="f6"/>
    <bpmn:sequenceFlow id="f5" sourceRef="decide" targetRef="end">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">\${done == false}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f6" sourceRef="decide" targetRef="end"/>
    <bpmn:endEvent id="end" camunda:asyncBefore="true"/>
  </bpmn:process>
</bpmn:definitions>
`;
}
