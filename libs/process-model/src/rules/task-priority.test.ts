import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence } from '../fixtures/model-builder.ts';

const asked = (priority: string): string =>
  model(sequence(`<bpmn:userTask id="ask" camunda:priority="${priority}" />`));

describe('the rule task-priority', () => {
  it.each(['50', '-1', '+7', '${urgency}', '${1 + 1}', '1${zeros}'])('takes %s', async (priority) => {
    expect(await findingsOf('task-priority', asked(priority))).toEqual([]);
  });

  it.each(['', ' ', 'high', '1.5', ' 5', '2147483648'])('refuses "%s", with which no task begins', async (priority) => {
    expect(await findingsOf('task-priority', asked(priority))).toEqual([
      `error ask: The priority "${priority}" is no whole number`,
    ]);
    expect(await findingsOf('job-settings', asked(priority))).toEqual([]);
  });
});
