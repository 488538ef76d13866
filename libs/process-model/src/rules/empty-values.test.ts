import { describe, expect, it } from 'vitest';
import { startedBy, timerWith } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';
import { lintProcessModel } from '../lint-process-model.ts';

const conditional = (content: string): string =>
  model(
    sequence(
      `<bpmn:intermediateCatchEvent id="wait"><bpmn:conditionalEventDefinition id="when">${content}</bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>`,
    ),
  );
const loop = (attributes: string, content = ''): string =>
  model(
    sequence(
      task('work', {
        children: `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${content}</bpmn:multiInstanceLoopCharacteristics>`,
      }),
    ),
  );

async function errorsOf(xml: string): Promise<string[]> {
  const findings = await lintProcessModel(xml);
  return findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`);
}

/** What is missing the engine refuses; what is there and empty it takes, and fails when it gets there. */
describe('a value that is there and empty', () => {
  it.each(['', ' '])('is a time that cannot be read: "%s"', async (text) => {
    expect(await errorsOf(timerWith(`<bpmn:timeCycle>${text}</bpmn:timeCycle>`))).toEqual([
      'timer: The cycle is empty',
    ]);
  });

  it('is no missing time, which is refused', async () => {
    expect(await errorsOf(timerWith(''))).toEqual(['event-configuration: The timer has no date, duration or cycle']);
  });

  it.each(['', ' '])('is a condition that is neither true nor false: "%s"', async (text) => {
    expect(await errorsOf(conditional(`<bpmn:condition>${text}</bpmn:condition>`))).toEqual([
      'condition: The condition is empty',
    ]);
    expect(await errorsOf(conditional(''))).toEqual(['conditional-event: The event has no condition']);
  });

  it('is a collection that no variable is, and no number of times', async () => {
    expect(await errorsOf(loop('camunda:collection=""'))).toEqual(['multi-instance: The collection has no name']);
    expect(await errorsOf(loop('', '<bpmn:loopCardinality> </bpmn:loopCardinality>'))).toEqual([
      'multi-instance: The loopCardinality is empty',
    ]);
    expect(await errorsOf(loop('', '<bpmn:loopCardinality></bpmn:loopCardinality>'))).toEqual([
      'event-configuration: The loopCardinality is empty',
    ]);
    expect(await errorsOf(loop(''))).toEqual([
      'event-configuration: The multi-instance activity has neither a loopCardinality nor a camunda:collection',
    ]);
  });

  it.each(['', ' '])('is a targetNamespace with a warning: "%s"', async (text) => {
    const xml = model(sequence(task('work')));

    expect(await findingsOf('namespaces', xml.replace('"http://procos.test/bpmn"', `"${text}"`))).toEqual([
      'warning definitions: The targetNamespace is empty',
    ]);
    expect(await findingsOf('namespaces', xml.replace('targetNamespace="http://procos.test/bpmn"', ''))).toEqual([
      'error definitions: <definitions> has no targetNamespace',
    ]);
  });

  it.each(['', ' '])('is a message without name: "%s"', async (name) => {
    const message = `<bpmn:message id="asked" name="${name}" />`;
    const started = startedBy('<bpmn:messageEventDefinition id="on" messageRef="asked" />', message);

    expect(await errorsOf(started)).toEqual(['message-name: The message that the element waits for has no name']);
  });

  it('is a business error without a code', async () => {
    const answer = (reference: string): string =>
      model(
        sequence(
          task('work', { extensions: `<camunda:errorEventDefinition id="e" ${reference} expression="\${x}" />` }),
        ),
      );

    expect(await errorsOf(answer('errorRef=""'))).toEqual([
      'extension-parameters: <camunda:errorEventDefinition> has an empty errorRef',
    ]);
    expect(await errorsOf(answer(''))).toEqual([]);
  });
});
