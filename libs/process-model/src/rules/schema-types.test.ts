import { describe, expect, it } from 'vitest';
import { lintProcessModel } from '../lint-process-model.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const annotated = (attributes: string): string =>
  model(
    `${sequence(task('work'))}<bpmn:textAnnotation id="note" /><bpmn:association id="a" sourceRef="work" targetRef="note" ${attributes} />`,
  );
const loop = (attributes: string): string =>
  model(sequence(task('work', { children: `<bpmn:standardLoopCharacteristics ${attributes} />` })));
const gateway = (attributes: string): string => model(sequence(`<bpmn:eventBasedGateway id="choice" ${attributes} />`));
const collection = (name: string): string =>
  model(
    sequence(
      task('work', {
        children: `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>${name}</bpmn:loopDataInputRef></bpmn:multiInstanceLoopCharacteristics>`,
      }),
    ),
  );

async function schemaErrors(xml: string): Promise<string[]> {
  const findings = await lintProcessModel(xml);
  return findings.filter(({ rule }) => rule.startsWith('schema-')).map(({ message }) => message);
}

describe('the types of the schema', () => {
  it.each([
    [annotated('associationDirection=""'), 'associationDirection="" is none of None, One, Both'],
    [annotated('associationDirection="one"'), 'associationDirection="one" is none of None, One, Both'],
    [annotated('associationDirection=" One"'), 'associationDirection=" One" is none of None, One, Both'],
    [loop('loopMaximum=""'), 'loopMaximum="" is no whole number'],
    [loop('loopMaximum="1.5"'), 'loopMaximum="1.5" is no whole number'],
    [loop('testBefore="yes"'), 'testBefore="yes" is neither true nor false'],
    [
      gateway('gatewayDirection="diverging"'),
      'gatewayDirection="diverging" is none of Unspecified, Converging, Diverging, Mixed',
    ],
    [gateway('eventGatewayType="any"'), 'eventGatewayType="any" is none of Exclusive, Parallel'],
    [gateway('instantiate=""'), 'instantiate="" is neither true nor false'],
    [collection(''), '<bpmn:loopDataInputRef> is "", which is no name'],
    [collection('a b'), '<bpmn:loopDataInputRef> is "a b", which is no name'],
  ])('refuse %#', async (xml, message) => {
    expect(await schemaErrors(xml)).toEqual([message]);
  });

  it.each([
    annotated('associationDirection="One"'),
    annotated(''),
    loop('loopMaximum=" +3 " testBefore="1"'),
    gateway('gatewayDirection="Diverging" eventGatewayType="Parallel" instantiate="false"'),
    collection(' orders '),
  ])('take %#', async (xml) => {
    expect(await schemaErrors(xml)).toEqual([]);
  });
});
