import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const late =
  '<bpmn:boundaryEvent id="late" attachedToRef="work"><bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>';
const flow = (source: string, target: string) =>
  `<bpmn:sequenceFlow id="extra" sourceRef="${source}" targetRef="${target}" />`;

describe('the rule flow-into-boundary', () => {
  it('takes a flow out of a boundary event', async () => {
    const xml = model(`${sequence(task('work'))}${late}${flow('late', 'done')}`);

    expect(await findingsOf('flow-into-boundary', xml)).toEqual([]);
  });

  it.each(['begin', 'work'])('refuses one into it, from %s', async (source) => {
    const xml = model(`${sequence(task('work'))}${late}${flow(source, 'late')}`);

    expect(await findingsOf('flow-into-boundary', xml)).toEqual([
      'error extra: The flow leads into the boundary event "late"',
    ]);
  });
});
