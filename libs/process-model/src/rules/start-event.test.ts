import { describe, expect, it } from 'vitest';
import { scope } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const second = (definition: string): string =>
  model(
    `${sequence(task('work'))}<bpmn:startEvent id="other">${definition}</bpmn:startEvent><bpmn:sequenceFlow id="f" sourceRef="other" targetRef="work" />`,
    { rootElements: '<bpmn:signal id="s" name="alarm" />' },
  );
const eventSubProcess = (start: string): string =>
  `<bpmn:subProcess id="handler" triggeredByEvent="true"><bpmn:startEvent id="hs" ${start}><bpmn:errorEventDefinition id="hd" /></bpmn:startEvent></bpmn:subProcess>`;

describe('the rule start-event', () => {
  it.each([
    '',
    '<bpmn:timerEventDefinition id="t"><bpmn:timeDuration>PT5M</bpmn:timeDuration></bpmn:timerEventDefinition>',
  ])('refuses a second start event with %j', async (definition) => {
    expect(await findingsOf('start-event', second(definition))).toEqual([
      'error other: The process has another start event without message or signal',
    ]);
  });

  it('takes a second one with a signal', async () => {
    expect(await findingsOf('start-event', second('<bpmn:signalEventDefinition id="d" signalRef="s" />'))).toEqual([]);
  });

  it('refuses two start events in a sub-process, whatever their triggers', async () => {
    expect(
      await findingsOf('start-event', model(sequence(scope('subProcess', 'sub', '<bpmn:startEvent id="other" />')))),
    ).toEqual(['error other: The sub-process has another start event']);
  });

  it('refuses flows of an event sub-process, and an error that does not interrupt', async () => {
    expect(
      await findingsOf(
        'start-event',
        model(
          `${sequence(task('work'))}${eventSubProcess('')}<bpmn:sequenceFlow id="wrong" sourceRef="work" targetRef="handler" />`,
        ),
      ),
    ).toEqual(['error wrong: The flow leads into or out of an event sub-process']);
    expect(
      await findingsOf('start-event', model(`${sequence(task('work'))}${eventSubProcess('isInterrupting="false"')}`)),
    ).toEqual(['error hs: The start event catches an error and is not interrupting']);
  });
});
