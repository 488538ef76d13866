import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence } from '../fixtures/model-builder.ts';

const call = (attributes: string): string =>
  model(sequence(`<bpmn:callActivity id="call" calledElement="known" ${attributes} />`));
const decision = (attributes: string): string =>
  model(sequence(`<bpmn:businessRuleTask id="ask" camunda:decisionRef="known" ${attributes} />`));

describe('the rule definition-binding', () => {
  it.each([
    [
      call('camunda:calledElementBinding="version"'),
      'error call: The binding is to a version, and there is no camunda:calledElementVersion',
    ],
    [
      call('camunda:calledElementBinding="versionTag"'),
      'error call: The binding is to a versionTag, and there is no camunda:calledElementVersionTag',
    ],
    [
      call('camunda:calledElementBinding="version" camunda:calledElementVersion="two"'),
      'error call: The version "two" is no number',
    ],
    [
      call('camunda:calledElementBinding="newest"'),
      'warning call: The binding "newest" does not exist: the engine calls the newest version',
    ],
    [
      decision('camunda:decisionRefBinding="version"'),
      'error ask: The binding is to a version, and there is no camunda:decisionRefVersion',
    ],
    [decision('camunda:mapDecisionResult="one"'), 'error ask: There is no way "one" to map the result of a decision'],
  ])('finds %#', async (xml, message) => {
    expect(await findingsOf('definition-binding', xml)).toEqual([message]);
  });

  it.each([
    call(''),
    call('camunda:calledElementBinding="version" camunda:calledElementVersion="${v}"'),
    call('camunda:calledElementBinding="deployment"'),
    decision('camunda:mapDecisionResult="singleEntry"'),
  ])('takes %#', async (xml) => {
    expect(await findingsOf('definition-binding', xml)).toEqual([]);
  });
});

describe('the rule called-definitions', () => {
  it('warns of a process and a decision that nobody knows', async () => {
    expect(await findingsOf('called-definitions', call('').replace('"known"', '"gone"'))).toEqual([
      'warning call: The process "gone" is called, and nobody knows it here',
    ]);
    expect(await findingsOf('called-definitions', decision('').replace('"known"', '"gone"'))).toEqual([
      'warning ask: The decision "gone" is asked, and nobody knows it here',
    ]);
  });

  it('knows what is told, what stands in the same file, and nothing of what is computed', async () => {
    for (const key of ['known', 'order', '${which}'])
      expect(await findingsOf('called-definitions', call('').replace('"known"', `"${key}"`))).toEqual([]);
  });
});
