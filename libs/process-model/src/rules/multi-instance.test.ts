import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const loop = (attributes: string, content = ''): string =>
  model(
    sequence(
      task('work', {
        children: `<bpmn:multiInstanceLoopCharacteristics isSequential="true" ${attributes}>${content}</bpmn:multiInstanceLoopCharacteristics>`,
      }),
    ),
  );
const times = (text: string): string => loop('', `<bpmn:loopCardinality>${text}</bpmn:loopCardinality>`);

describe('the rule multi-instance', () => {
  it.each(['-1', 'three', '2.5', '${true}'])('refuses %s as a number of times', async (text) => {
    expect(await findingsOf('multi-instance', times(text))).toEqual([
      `error work: The loopCardinality "${text}" is no number of times`,
    ]);
  });

  it.each([
    times('0'),
    times('3'),
    times('${count}'),
    times('${count + 1}'),
    loop('camunda:collection="orders" camunda:elementVariable="order"'),
    loop('camunda:collection="${orders}"'),
  ])('takes %#', async (xml) => {
    expect(await findingsOf('multi-instance', xml)).toEqual([]);
  });

  it('refuses an element without its collection, and what is never a collection', async () => {
    expect(
      await findingsOf(
        'multi-instance',
        loop('camunda:elementVariable="order"', '<bpmn:loopCardinality>3</bpmn:loopCardinality>'),
      ),
    ).toEqual(['error work: The loop has an element variable and no collection']);
    expect(await findingsOf('multi-instance', loop('camunda:collection="${a} ${b}"'))).toEqual([
      'error work: "${a} ${b}" is never a collection',
    ]);
    expect(await findingsOf('multi-instance', loop('camunda:collection="${a == 1}"'))).toEqual([
      'error work: "${a == 1}" is never a collection',
    ]);
  });
});
