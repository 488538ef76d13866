import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { inputParameter, model, sequence, task } from '../fixtures/model-builder.ts';

const extensions = (content: string): string => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;
const output =
  '<camunda:inputOutput><camunda:outputParameter name="value">${x}</camunda:outputParameter></camunda:inputOutput>';
const several =
  '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';

describe('the rule input-output', () => {
  it.each([
    [
      'a start event',
      model(`<bpmn:startEvent id="begin">${extensions(inputParameter('7'))}</bpmn:startEvent>`),
      'error begin: A start event takes no inputs and outputs',
    ],
    [
      'a gateway',
      model(sequence(`<bpmn:parallelGateway id="split">${extensions(inputParameter('7'))}</bpmn:parallelGateway>`)),
      'error split: A gateway takes no inputs and outputs',
    ],
    [
      'a boundary event',
      model(
        `${sequence(task('work'))}<bpmn:boundaryEvent id="b" attachedToRef="work">${extensions(inputParameter('7'))}<bpmn:errorEventDefinition id="d" /></bpmn:boundaryEvent>`,
      ),
      'error b: A boundary event takes no inputs and outputs',
    ],
    [
      'an event sub-process',
      model(
        `${sequence(task('work'))}<bpmn:subProcess id="sub" triggeredByEvent="true">${extensions(inputParameter('7'))}<bpmn:startEvent id="s"><bpmn:errorEventDefinition id="d" /></bpmn:startEvent></bpmn:subProcess>`,
      ),
      'error sub: An event sub-process takes no inputs and outputs',
    ],
    [
      'an output of an end event',
      model(
        sequence(task('work')).replace(
          '<bpmn:endEvent id="done" />',
          `<bpmn:endEvent id="done">${extensions(output)}</bpmn:endEvent>`,
        ),
      ),
      'error done: An end event has an output, and nothing comes behind it',
    ],
    [
      'an output of what runs several times',
      model(sequence(task('work', { extensions: output, children: several }))),
      'error work: A task that runs several times has an output, and each run would write the same variable',
    ],
    [
      'two values in one',
      model(sequence(task('work', { extensions: inputParameter('<camunda:list /><camunda:map />') }))),
      'error work: The parameter "value" holds 2 values',
    ],
  ])('refuses %s', async (_what, xml, message) => {
    expect(await findingsOf('input-output', xml)).toEqual([message]);
  });

  it('takes inputs of what runs several times, and of events that catch or throw', async () => {
    const event = `<bpmn:intermediateThrowEvent id="throw">${extensions(inputParameter('7'))}</bpmn:intermediateThrowEvent>`;

    expect(
      await findingsOf(
        'input-output',
        model(sequence(task('work', { extensions: inputParameter('7'), children: several }), event)),
      ),
    ).toEqual([]);
  });
});
