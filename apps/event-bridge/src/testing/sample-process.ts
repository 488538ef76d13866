/** Two tasks for workers, the second one in a sub-process; an error of the second one is caught. */
export function sampleProcess(key: string): string {
  const topic = (name: string) => `camunda:type="external" camunda:topic="${key}_${name}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <error id="refused" errorCode="REFUSED"/>
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="first"/>
    <serviceTask id="first" ${topic('first')}/><sequenceFlow id="f2" sourceRef="first" targetRef="inside"/>
    <subProcess id="inside">
      <startEvent id="inside_begun"/><sequenceFlow id="f3" sourceRef="inside_begun" targetRef="second"/>
      <serviceTask id="second" ${topic('second')}/><sequenceFlow id="f4" sourceRef="second" targetRef="inside_ended"/>
      <boundaryEvent id="second_refused" attachedToRef="second"><errorEventDefinition errorRef="refused"/></boundaryEvent>
      <sequenceFlow id="f6" sourceRef="second_refused" targetRef="inside_refused"/>
      <endEvent id="inside_ended"/><endEvent id="inside_refused"/>
    </subProcess>
    <sequenceFlow id="f5" sourceRef="inside" targetRef="ended"/>
    <endEvent id="ended"/>
  </process>
</definitions>`;
}

/** Waits for the message `<key>.paid`. */
export function waitingProcess(key: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <message id="paid" name="${key}.paid"/>
  <process id="${key}" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun"/><sequenceFlow id="f1" sourceRef="begun" targetRef="wait"/>
    <receiveTask id="wait" messageRef="paid"/><sequenceFlow id="f2" sourceRef="wait" targetRef="ended"/>
    <endEvent id="ended"/>
  </process>
</definitions>`;
}
