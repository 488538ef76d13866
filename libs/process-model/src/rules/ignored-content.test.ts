import { describe, expect, it } from 'vitest';
import { withBoundaries } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const parallel =
  model(`<bpmn:startEvent id="begin" /><bpmn:parallelGateway id="split" /><bpmn:endEvent id="one" /><bpmn:endEvent id="two" />
  <bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="split" /><bpmn:sequenceFlow id="f1" sourceRef="split" targetRef="one"><bpmn:conditionExpression>\${a}</bpmn:conditionExpression></bpmn:sequenceFlow>
  <bpmn:sequenceFlow id="f2" sourceRef="split" targetRef="two" />`);

describe('the rule ignored-content', () => {
  it.each([
    [
      'a loop marker',
      model(sequence(task('work', { children: '<bpmn:standardLoopCharacteristics />' }))),
      'work: The loop marker is ignored: the step runs once',
    ],
    [
      'a condition behind a parallel gateway',
      parallel,
      'f1: The condition is ignored: behind a parallel gateway every flow is taken',
    ],
    [
      'a flow out of an end event',
      model(
        `${sequence(task('work'))}<bpmn:endEvent id="more" /><bpmn:sequenceFlow id="f" sourceRef="done" targetRef="more" />`,
      ),
      'f: The flow is never taken: it leaves an end event',
    ],
    [
      'an error event that does not interrupt',
      withBoundaries(task('work'), ['<bpmn:errorEventDefinition />']).replace(
        'attachedToRef="work"',
        'cancelActivity="false" attachedToRef="work"',
      ),
      'b0: cancelActivity="false" is ignored: an error always ends the step',
    ],
    [
      'a cycle that can fire once only',
      withBoundaries(task('work'), [
        '<bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT1M</bpmn:timeCycle></bpmn:timerEventDefinition>',
      ]),
      'b0: The timer ends the step, so that it fires once and not again',
    ],
    [
      'a receive task that is to start the process',
      model(sequence('<bpmn:receiveTask id="wait" instantiate="true" messageRef="m" />'), {
        rootElements: '<bpmn:message id="m" name="letter" />',
      }),
      'wait: instantiate="true" is ignored: the element starts no process',
    ],
    [
      'two tokens at once',
      model(sequence(task('work', { attributes: 'startQuantity="2"' }))),
      'work: startQuantity is ignored: one token starts the step, one leaves it',
    ],
  ])('warns of %s', async (_what, xml, message) => {
    expect(await findingsOf('ignored-content', xml)).toEqual([`warning ${message}`]);
  });
});
