import { describe, expect, it } from 'vitest';
import { startedBy, withBoundaries } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, task } from '../fixtures/model-builder.ts';

const messages =
  '<bpmn:message id="m1" name="letter" /><bpmn:message id="m2" name="letter" /><bpmn:message id="m3" name="mail" /><bpmn:message id="m4" name="mail ${kind}" /><bpmn:signal id="s1" name="alarm" /><bpmn:signal id="s2" name="alarm ${kind}" />';
const message = (reference: string): string => `<bpmn:messageEventDefinition messageRef="${reference}" />`;

describe('the rule event-subscription', () => {
  it('refuses two boundary events of one step for messages of the same name, also by two ids', async () => {
    expect(
      await findingsOf('event-subscription', withBoundaries(task('work'), [message('m1'), message('m2')], messages)),
    ).toEqual(['error b1: Another event in the same place waits for the message "letter" too']);
    expect(
      await findingsOf('event-subscription', withBoundaries(task('work'), [message('m1'), message('m3')], messages)),
    ).toEqual([]);
  });

  it('refuses two start events of a process for the same message or signal, and takes one for each', async () => {
    const twice = (first: string, second: string): string =>
      startedBy(first, messages).replace(
        '<bpmn:endEvent',
        `<bpmn:startEvent id="other">${second}</bpmn:startEvent><bpmn:sequenceFlow id="f3" sourceRef="other" targetRef="work" /><bpmn:endEvent`,
      );
    const signal = '<bpmn:signalEventDefinition signalRef="s1" />';

    expect(await findingsOf('event-subscription', twice(message('m1'), message('m2')))).toEqual([
      'error other: Another event in the same place waits for the message "letter" too',
    ]);
    expect(await findingsOf('event-subscription', twice(signal, signal))).toEqual([
      'error other: Another event in the same place waits for the signal "alarm" too',
    ]);
    expect(await findingsOf('event-subscription', twice(message('m1'), signal))).toEqual([]);
  });

  it('refuses two events behind one gateway for the same message', async () => {
    const event = (id: string, reference: string): string =>
      `<bpmn:intermediateCatchEvent id="${id}">${message(reference)}</bpmn:intermediateCatchEvent><bpmn:sequenceFlow id="to_${id}" sourceRef="first" targetRef="${id}" /><bpmn:sequenceFlow id="from_${id}" sourceRef="${id}" targetRef="done" />`;
    const xml = (second: string): string =>
      model(
        `<bpmn:startEvent id="begin" /><bpmn:eventBasedGateway id="first" /><bpmn:endEvent id="done" /><bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="first" />${event('a', 'm1')}${event('b', second)}`,
        { rootElements: messages },
      );

    expect(await findingsOf('event-subscription', xml('m2'))).toEqual([
      'error b: Another event in the same place waits for the message "letter" too',
    ]);
    expect(await findingsOf('event-subscription', xml('m3'))).toEqual([]);
  });

  it('refuses variables in the name of what starts a process', async () => {
    expect(await findingsOf('event-subscription', startedBy(message('m4'), messages))).toEqual([
      'error begin: The start event waits for a message whose name is an expression, mail ${kind}',
    ]);
    expect(
      await findingsOf('event-subscription', startedBy('<bpmn:signalEventDefinition signalRef="s2" />', messages)),
    ).toEqual(['error begin: The start event waits for a signal whose name is an expression, alarm ${kind}']);
  });
});
