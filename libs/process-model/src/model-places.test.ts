import { describe, expect, it } from 'vitest';
import { modelPlaces } from './model-places.ts';

const head =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"';
const xml = `<definitions ${head} id="d" targetNamespace="x">
  <process id="p">
    <callActivity
        id="call"
        calledElement="other"/>
    <businessRuleTask id="decide" camunda:decisionRef="rates" camunda:decisionRefBinding="deployment"/><userTask id="ask" camunda:formRef="\${form}"/>
    <callActivity id="dynamic" calledElement="#{which}"/><callActivity id="nothing"/>
  </process>
  <di:BPMNDiagram id="drawing"/>
</definitions>`;

describe('the places of a model', () => {
  it('are found by the end of a start tag, as XML parsers tell it, and by id', () => {
    const places = modelPlaces(xml);

    expect(places.endingAt(5, 32)).toEqual({ elementType: 'bpmn:CallActivity', line: 3, column: 5 });
    expect(places.endingAt(6, 103)).toMatchObject({ elementType: 'bpmn:BusinessRuleTask', line: 6 });
    expect(places.ofElement('ask')).toMatchObject({ elementType: 'bpmn:UserTask', line: 6, column: 104 });
    expect(places.ofElement('drawing')).toMatchObject({ line: 9 });
    expect(places.ofElement('none')).toBeUndefined();
    expect(places.endingAt(1, 1)).toBeUndefined();
  });

  it('are none in a text that cannot be read', () => {
    expect(modelPlaces('<a').ofElement('a')).toBeUndefined();
  });
});
