import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const call = (id: string, key: string, attributes = '') =>
  `<bpmn:callActivity id="${id}" calledElement="${key}" ${attributes} />`;
const flow = (id: string, source: string, target: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}" />`;
const other = (body: string) => ({
  rootElements: `<bpmn:process id="other" isExecutable="true" camunda:historyTimeToLive="P1D"><bpmn:startEvent id="o_begin" />${body}</bpmn:process>`,
});
const start = '<bpmn:startEvent id="begin" />';

describe('the rule endless-run', () => {
  it.each([
    ['a process that calls another', model(sequence(call('next', 'known')))],
    ['one that calls itself after a task', model(sequence(task('work'), call('again', 'order')))],
    [
      'one that calls itself when a decision says so',
      model(
        `${sequence('<bpmn:exclusiveGateway id="more" default="to_done" />')}${call('again', 'order')}${flow('to_again', 'more', 'again')}${flow('back', 'again', 'done')}`,
      ),
    ],
    [
      'one that calls itself for each of a list',
      model(
        sequence(
          '<bpmn:callActivity id="again" calledElement="order"><bpmn:multiInstanceLoopCharacteristics camunda:collection="parts" /></bpmn:callActivity>',
        ),
      ),
    ],
    [
      'one that calls an older version of itself',
      model(
        sequence(call('again', 'order', 'camunda:calledElementBinding="version" camunda:calledElementVersion="1"')),
      ),
    ],
    [
      'a circle with a task in it',
      model(`${start}${task('work')}${flow('in', 'begin', 'work')}${flow('round', 'work', 'work')}`),
    ],
    [
      'steps that are reached on two ways',
      model(
        `${sequence('<bpmn:parallelGateway id="split" />', '<bpmn:task id="one" />')}<bpmn:task id="two" />${flow('to_two', 'split', 'two')}${flow('two_out', 'two', 'done')}`,
      ),
    ],
  ])('takes %s', async (_what, xml) => {
    expect(await findingsOf('endless-run', xml)).toEqual([]);
  });

  it.each([
    [
      'a process that calls itself first',
      model(sequence(call('again', 'order'))),
      'error again: The process "order" calls itself here without having waited',
    ],
    [
      'one that does so behind steps that do not wait',
      model(sequence('<bpmn:manualTask id="note" />', '<bpmn:parallelGateway id="split" />', call('again', 'order'))),
      'error again: The process "order" calls itself here without having waited',
    ],
    [
      'two that call each other',
      model(sequence(call('there', 'other')), other(`${call('back', 'order')}${flow('o_in', 'o_begin', 'back')}`)),
      'error back: The process "order" calls itself here without having waited',
    ],
    [
      'a circle of flows',
      model(
        `${start}<bpmn:task id="one" /><bpmn:exclusiveGateway id="two" />${flow('a', 'begin', 'one')}${flow('b', 'one', 'two')}${flow('c', 'two', 'one')}`,
      ),
      'error one: The flows lead back to this step without a wait or a decision',
    ],
  ])('refuses %s', async (_what, xml, message) => {
    expect(await findingsOf('endless-run', xml)).toContain(message);
  });
});
