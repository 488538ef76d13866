import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, taskModel } from '../fixtures/model-builder.ts';

const retries = (text: string): string =>
  taskModel({ extensions: `<camunda:failedJobRetryTimeCycle>${text}</camunda:failedJobRetryTimeCycle>` });

describe('the rule job-settings', () => {
  it.each(['high', '1.5', '', '99999999999'])('refuses %j as a priority', async (value) => {
    expect(await findingsOf('job-settings', taskModel({ attributes: `camunda:taskPriority="${value}"` }))).toEqual([
      `error work: The taskPriority "${value}" is no whole number`,
    ]);
    expect(
      await findingsOf('job-settings', taskModel({}, { processAttributes: `camunda:jobPriority="${value}"` })),
    ).toEqual([`error order: The jobPriority "${value}" is no whole number`]);
  });

  it.each(['10', '-3', '${urgent ? 10 : 0}'])('takes %s', async (value) => {
    expect(await findingsOf('job-settings', taskModel({ attributes: `camunda:taskPriority="${value}"` }))).toEqual([]);
  });

  it('refuses an event-based gateway that continues asynchronously, and a flow without id behind a step that does', async () => {
    expect(
      await findingsOf(
        'job-settings',
        model(sequence('<bpmn:eventBasedGateway id="first" camunda:asyncAfter="true" />')),
      ),
    ).toEqual(['error first: An event-based gateway does not continue asynchronously']);
    expect(
      await findingsOf(
        'job-settings',
        taskModel({ attributes: 'camunda:asyncAfter="true"' }).replace(
          '<bpmn:sequenceFlow id="to_done"',
          '<bpmn:sequenceFlow',
        ),
      ),
    ).toEqual(['error work: A flow that leaves this step has no id, and the step has asyncAfter']);
  });

  it('warns of a retry cycle that the engine cannot read', async () => {
    expect(await findingsOf('job-settings', retries('often'))).toEqual([
      'warning work: The retry cycle "often" cannot be read, and the engine\'s own three attempts are made',
    ]);
    for (const right of ['R5/PT1M', 'PT1M', 'PT1M,PT10M, PT1H', '${retries}'])
      expect(await findingsOf('job-settings', retries(right))).toEqual([]);
  });
});
