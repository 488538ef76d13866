/** A process of one external task, without a diagram. */
export function modelOf(key: string, topic = 'http_request'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <process id="${key}" name="Test" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun" name="Begun"><outgoing>to_call</outgoing></startEvent>
    <serviceTask id="call" name="Call" camunda:type="external" camunda:topic="${topic}"><incoming>to_call</incoming><outgoing>to_end</outgoing></serviceTask>
    <endEvent id="ended" name="Ended"><incoming>to_end</incoming></endEvent>
    <sequenceFlow id="to_call" sourceRef="begun" targetRef="call"/>
    <sequenceFlow id="to_end" sourceRef="call" targetRef="ended"/>
  </process>
</definitions>
`;
}

const head = (key: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="${key}_definitions" targetNamespace="https://procos.dev/test">
  <error id="broken_error" name="Broken" errorCode="BROKEN"/>
  <process id="${key}" name="Test" isExecutable="true" camunda:historyTimeToLive="P1D">
    <startEvent id="begun" name="Begun"><outgoing>to_next</outgoing></startEvent>`;

/** A process that ends in a modelled failure at once. */
export function failingModelOf(key: string): string {
  return `${head(key)}
    <endEvent id="broken" name="Broken"><incoming>to_next</incoming><errorEventDefinition id="broken_thrown" errorRef="broken_error"/></endEvent>
    <sequenceFlow id="to_next" sourceRef="begun" targetRef="broken"/>
  </process>
</definitions>
`;
}

/** A process that waits for a person. */
export function askingModelOf(key: string): string {
  return `${head(key)}
    <userTask id="ask_person" name="Ask"><incoming>to_next</incoming><outgoing>to_end</outgoing></userTask>
    <endEvent id="answered" name="Answered"><incoming>to_end</incoming></endEvent>
    <sequenceFlow id="to_next" sourceRef="begun" targetRef="ask_person"/>
    <sequenceFlow id="to_end" sourceRef="ask_person" targetRef="answered"/>
  </process>
</definitions>
`;
}

/** What a worker of `http_request` answers, with a text longer than the engine's own text type holds. */
export const answered = {
  status_code: 200,
  headers: {},
  text: 'x'.repeat(5_000),
  json: { deep: [1, { two: null }] },
  success: true,
};
