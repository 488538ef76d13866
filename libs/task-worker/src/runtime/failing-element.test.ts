import { caseFile } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { failingElements } from './failing-element.ts';

const engineReason = (expression: string) =>
  `Unknown property used in expression: ${expression}. Cause: Cannot resolve identifier`;
const model = (content: string) => `<definitions xmlns:camunda="c"><process id="p">${content}</process></definitions>`;

describe('the element that an expression stands in', () => {
  it('is the flow of a condition', () => {
    expect(failingElements(engineReason('${approvedd}'), caseFile('bpmn', 'post_then_bad.bpmn').toString())).toEqual([
      'f_yes',
    ]);
  });

  it.each([
    ['an attribute', '<callActivity id="call" calledElement="${callee}" />', '${callee}', ['call']],
    [
      'an input parameter',
      '<serviceTask id="next"><extensionElements><camunda:inputOutput><camunda:inputParameter name="x">${nope}</camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>',
      '${nope}',
      ['next'],
    ],
    [
      'a part with an id of its own',
      '<sequenceFlow id="f"><conditionExpression id="c">${a &gt; 1}</conditionExpression></sequenceFlow>',
      '${a > 1}',
      ['f'],
    ],
    [
      'a text in CDATA',
      '<sequenceFlow id="f"><conditionExpression><![CDATA[${a > 1}]]></conditionExpression></sequenceFlow>',
      '${a > 1}',
      ['f'],
    ],
    [
      'two elements',
      '<sequenceFlow id="f"><conditionExpression>${a}</conditionExpression></sequenceFlow><sequenceFlow id="g"><conditionExpression>${a}</conditionExpression></sequenceFlow>',
      '${a}',
      ['f', 'g'],
    ],
    [
      'a comment, which counts for nothing',
      '<!-- <a id="x">${a}</a> --><sequenceFlow id="f"><conditionExpression>${b}</conditionExpression></sequenceFlow>',
      '${a}',
      [],
    ],
    ['no element of this model', '<startEvent id="s" />', '${a}', []],
  ])('is found for %s', (_, content, expression, ids) => {
    expect(failingElements(engineReason(expression), model(content))).toEqual(ids);
  });

  it('is not guessed where it could be one of many, or where the engine names no expression', () => {
    const flows = Array.from(
      { length: 4 },
      (_, index) => `<sequenceFlow id="f${index}"><conditionExpression>\${a}</conditionExpression></sequenceFlow>`,
    ).join('');

    expect(failingElements(engineReason('${a}'), model(flows))).toEqual([]);
    expect(failingElements('no outgoing flow', model(flows))).toEqual([]);
  });
});
