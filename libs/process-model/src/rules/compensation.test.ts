import { describe, expect, it } from 'vitest';
import { scope } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const boundary =
  '<bpmn:boundaryEvent id="undo_event" attachedToRef="work"><bpmn:compensateEventDefinition id="c" /></bpmn:boundaryEvent>';
const association = '<bpmn:association id="a" associationDirection="One" sourceRef="undo_event" targetRef="undo" />';
const undo = task('undo', { attributes: 'isForCompensation="true"' });
const thrown = (reference: string): string =>
  `<bpmn:intermediateThrowEvent id="throw"><bpmn:compensateEventDefinition id="t" ${reference} /></bpmn:intermediateThrowEvent>`;

describe('the rule compensation', () => {
  it('takes a step that is undone by another, and an event that asks for it', async () => {
    expect(
      await findingsOf(
        'compensation',
        model(`${sequence(task('work'), thrown('activityRef="work"'))}${boundary}${undo}${association}`),
      ),
    ).toEqual([]);
  });

  it('refuses a flow to the step that undoes', async () => {
    expect(
      await findingsOf(
        'compensation',
        model(
          `${sequence(task('work'))}${boundary}${undo}${association}<bpmn:sequenceFlow id="wrong" sourceRef="work" targetRef="undo" />`,
        ),
      ),
    ).toEqual(['error wrong: The flow leads to "undo", which runs for compensation only']);
  });

  it('refuses a step that is not marked, and warns where there is none', async () => {
    expect(
      await findingsOf('compensation', model(`${sequence(task('work'))}${boundary}${task('undo')}${association}`)),
    ).toEqual(['error undo_event: The event leads to "undo", which is not marked as a compensation step']);
    expect(await findingsOf('compensation', model(`${sequence(task('work'))}${boundary}`))).toEqual([
      'warning undo_event: The compensation boundary event leads to no step: nothing is undone',
    ]);
  });

  it('refuses to compensate a step of another scope', async () => {
    expect(
      await findingsOf(
        'compensation',
        model(sequence(scope('subProcess', 'sub', task('inner')), thrown('activityRef="inner"'))),
      ),
    ).toEqual(['error throw: The event compensates "inner", and there is no such step beside it']);
  });

  it('refuses two compensation events on one step, and a compensation event sub-process in the process itself', async () => {
    const second = boundary.replace('undo_event', 'undo_event_2');
    const handler =
      '<bpmn:subProcess id="handler" triggeredByEvent="true"><bpmn:startEvent id="hs"><bpmn:compensateEventDefinition id="hc" /></bpmn:startEvent></bpmn:subProcess>';

    expect(
      await findingsOf('compensation', model(`${sequence(task('work'))}${boundary}${second}${undo}${association}`)),
    ).toContain('error undo_event_2: "work" has more than one compensation boundary event');
    expect(await findingsOf('compensation', model(`${sequence(task('work'))}${handler}`))).toEqual([
      'error hs: A compensation event sub-process stands in the process itself',
    ]);
    expect(await findingsOf('compensation', model(sequence(scope('subProcess', 'sub', handler))))).toEqual([]);
  });
});
