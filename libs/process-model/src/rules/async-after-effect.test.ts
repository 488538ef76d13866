import { caseFile } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { lintProcessModel } from '../lint-process-model.ts';
import { asyncAfterEffect } from './async-after-effect.ts';

const task = (topic: string, inputs: Readonly<Record<string, string>>, attributes = '') =>
  `<bpmn:serviceTask id="work" camunda:type="external" camunda:topic="${topic}" ${attributes}><bpmn:extensionElements><camunda:inputOutput>
    ${Object.entries(inputs)
      .map(([name, value]) => `<camunda:inputParameter name="${name}">${value}</camunda:inputParameter>`)
      .join('')}
  </camunda:inputOutput></bpmn:extensionElements></bpmn:serviceTask>`;
const flow = (id: string, from: string, to: string, condition?: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${condition === undefined ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
const post = task('http_request', { url: 'http://localhost', method: 'POST' });
const decision = (attributes = '') =>
  `<bpmn:exclusiveGateway id="which" default="f_no" ${attributes}/>${flow('f_yes', 'which', 'end', '${approved}')}${flow('f_no', 'which', 'end')}`;
const call = '<bpmn:callActivity id="call" calledElement="other" />';

async function found(work: string, sequel: string): Promise<readonly string[]> {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">
  <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="P1D"><bpmn:startEvent id="start" />${flow('f_in', 'start', 'work')}${work}${sequel}<bpmn:endEvent id="end" /></bpmn:process>
</bpmn:definitions>`;
  const findings = await lintProcessModel(xml, {});
  return findings.filter(({ rule }) => rule === asyncAfterEffect.id).map(({ elementId }) => elementId ?? '');
}

describe('the rule about effects and what follows them in one transaction', () => {
  it.each([
    ['a POST before a decision', post, `${flow('f', 'work', 'which')}${decision()}`],
    ['a mail before a call', task('email_send', {}), `${flow('f', 'work', 'call')}${call}${flow('f2', 'call', 'end')}`],
    [
      'a written file before a gateway that passes on to a decision',
      task('file_operation', { operation: 'write' }),
      `${flow('f', 'work', 'join')}<bpmn:parallelGateway id="join" />${flow('f1', 'join', 'which')}${decision()}`,
    ],
    ['an asked model with a condition on its own flow', task('ai_query', {}), `${flow('f', 'work', 'end', '${ok}')}`],
  ])('finds %s', async (_, work, sequel) => {
    expect(await found(work, sequel)).toEqual(['work']);
  });

  it.each([
    ['a GET', task('http_request', { method: 'GET' }), `${flow('f', 'work', 'which')}${decision()}`],
    ['a read file', task('file_operation', { operation: 'read' }), `${flow('f', 'work', 'which')}${decision()}`],
    [
      'a save point at the task',
      task('email_send', {}, 'camunda:asyncAfter="true"'),
      `${flow('f', 'work', 'which')}${decision()}`,
    ],
    ['a save point at the decision', post, `${flow('f', 'work', 'which')}${decision('camunda:asyncBefore="true"')}`],
    [
      'a step between that waits',
      post,
      `${flow('f', 'work', 'person')}<bpmn:userTask id="person" />${flow('f1', 'person', 'which')}${decision()}`,
    ],
    ['an end', post, flow('f', 'work', 'end')],
    [
      'a loop that comes back to the task',
      post,
      `${flow('f', 'work', 'join')}<bpmn:exclusiveGateway id="join" />${flow('f1', 'join', 'work')}`,
    ],
  ])('leaves alone: %s', async (_, work, sequel) => {
    expect(await found(work, sequel)).toEqual([]);
  });

  it('finds the payment before the condition with a slip', async () => {
    const findings = await lintProcessModel(caseFile('bpmn', 'post_then_bad.bpmn').toString(), {});

    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'async-after-effect', elementId: 'pay', severity: 'warning' }),
    );
  });
});
