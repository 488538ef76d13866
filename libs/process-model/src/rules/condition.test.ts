import { describe, expect, it } from 'vitest';
import { gatewayWith } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { escapeXml, model, sequence } from '../fixtures/model-builder.ts';

const withCondition = (text: string): string =>
  gatewayWith(
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escapeXml(text)}</bpmn:conditionExpression>`,
  );

describe('the rule condition', () => {
  it.each([
    ['', 'The condition is empty'],
    ['approved', 'The condition approved is plain text, neither true nor false'],
    ['amount > 100', 'The condition amount > 100 is plain text, neither true nor false'],
    ['true', 'The condition true is plain text, neither true nor false'],
    ['=amount > 100', 'The condition =amount > 100 is FEEL, which this engine does not know: it takes it for a text'],
    ['${amount} > 100', 'The condition ${amount} > 100 is more than one expression, and so always a text'],
    ['${a} && ${b}', 'The condition ${a} && ${b} is more than one expression, and so always a text'],
    ['amount > 100}', 'The condition amount > 100} is plain text, neither true nor false'],
    ['${a + 5}', 'The condition ${a + 5} is always a number, never true or false'],
    ['${(a + 5) * 2}', 'The condition ${(a + 5) * 2} is always a number, never true or false'],
    ["${'yes'}", "The condition ${'yes'} is always a text, never true or false"],
    ['${null}', 'The condition ${null} is always nothing, never true or false'],
    ['${order-total > 100}', 'In the condition ${order-total > 100}, "order-total" is read as order minus total'],
  ])('refuses %j', async (text, message) => {
    expect(await findingsOf('condition', withCondition(text))).toEqual([`error yes: ${message}`]);
  });

  it.each([
    '${approved}',
    '${amount > 100}',
    ' ${amount > 100}\n',
    '#{approved}',
    '${a - b > 3}',
    '${total-1 > 3}',
    '${a ? b : c}',
    '${!done}',
    '${not empty list}',
    '${status == "in-work"}',
    "${status eq 'a-b'}",
    '${(a + 5) > 3}',
    '${true}',
    '${(approved)}',
    '${a and (b or c)}',
  ])('takes %j', async (text) => {
    expect(await findingsOf('condition', withCondition(text))).toEqual([]);
  });

  it('refuses the type that only the schema knows', async () => {
    expect(
      await findingsOf(
        'condition',
        gatewayWith('<bpmn:conditionExpression xsi:type="bpmn:tExpression">${a}</bpmn:conditionExpression>'),
      ),
    ).toEqual(['error yes: The condition has the type bpmn:tExpression, which the engine refuses']);
  });

  it('judges completion conditions and conditional events too', async () => {
    const loop =
      '<bpmn:userTask id="ask"><bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopCardinality>3</bpmn:loopCardinality><bpmn:completionCondition>done</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>';
    const event =
      '<bpmn:intermediateCatchEvent id="wait"><bpmn:conditionalEventDefinition id="def"><bpmn:condition xsi:type="bpmn:tFormalExpression">done</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:intermediateCatchEvent>';

    expect(await findingsOf('condition', model(sequence(loop, event)))).toEqual([
      'error ask: The condition done is plain text, neither true nor false',
      'error def: The condition done is plain text, neither true nor false',
    ]);
  });
});
