import { describe, expect, it } from 'vitest';
import { describeElements } from './describe-elements.ts';

const model = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="x">
  <bpmn:process id="orders" isExecutable="true">
    <bpmn:startEvent id="begun"/>
    <bpmn:exclusiveGateway id="large" name="Large?"/>
    <bpmn:subProcess id="inside"><bpmn:task id="step" name="\${label}"/></bpmn:subProcess>
    <bpmn:boundaryEvent id="late" attachedToRef="inside"><bpmn:timerEventDefinition id="t"><bpmn:timeDuration> 2 days </bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:callActivity id="bill" calledElement="\${which}"><bpmn:multiInstanceLoopCharacteristics camunda:collection="\${orders}"/></bpmn:callActivity>
    <bpmn:sequenceFlow id="f1" sourceRef="begun" targetRef="large"/>
    <bpmn:sequenceFlow id="f2" sourceRef="large" targetRef="inside"><bpmn:conditionExpression>\${amount > 5}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f3" sourceRef="inside" targetRef="bill"/>
  </bpmn:process>
</bpmn:definitions>`;

describe('the elements of a model', () => {
  const elements = describeElements(model);

  it('are its flow nodes, with their process and what follows them', () => {
    expect([...elements.keys()]).toEqual(['begun', 'large', 'inside', 'step', 'late', 'bill']);
    expect(elements.get('large')).toMatchObject({
      name: 'Large?',
      type: 'bpmn:ExclusiveGateway',
      processKey: 'orders',
      next: ['inside'],
    });
    expect(elements.get('inside')?.next).toEqual(['late', 'bill']);
  });

  it.each([
    ['large', [{ place: 'conditionExpression', text: '${amount > 5}' }]],
    ['late', [{ place: 'timeDuration', text: '2 days' }]],
    [
      'bill',
      [
        { place: 'calledElement', text: '${which}' },
        { place: 'collection', text: '${orders}' },
      ],
    ],
    ['step', [{ place: 'name', text: '${label}' }]],
    ['inside', []],
  ])('tell what is evaluated at %s', (id, expressions) => {
    expect(elements.get(id)?.expressions).toEqual(expressions);
  });
});
