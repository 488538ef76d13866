import { describe, expect, it } from 'vitest';
import { scope, withBoundaries } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { task } from '../fixtures/model-builder.ts';

const escalations =
  '<bpmn:escalation id="x1" escalationCode="late" /><bpmn:escalation id="x2" escalationCode="late" /><bpmn:escalation id="x3" escalationCode="lost" />';
const caught = (reference?: string): string =>
  `<bpmn:escalationEventDefinition${reference === undefined ? '' : ` escalationRef="${reference}"`} />`;

describe('the rule escalation', () => {
  it('refuses an escalation event on a task of a worker, from which none comes', async () => {
    expect(await findingsOf('escalation', withBoundaries(task('work'), [caught('x1')], escalations))).toEqual([
      'error b0: No escalation comes out of a <bpmn:serviceTask>',
    ]);
  });

  it.each([
    scope('subProcess', 'sub'),
    scope('transaction', 'sub'),
    '<bpmn:callActivity id="call" calledElement="known" />',
    '<bpmn:userTask id="ask" />',
  ])('takes one on %s', async (step) => {
    expect(await findingsOf('escalation', withBoundaries(step, [caught('x1'), caught('x3')], escalations))).toEqual([]);
  });

  it.each([
    [caught('x1'), caught('x2'), 'error b1: Another event here catches the escalation "late" too'],
    [caught(), caught(), 'error b1: Two events here catch every escalation'],
    [
      caught('x1'),
      caught(),
      'error b1: An event that catches every escalation stands beside one that catches a certain escalation',
    ],
  ])('refuses two that catch the same: %s %s', async (first, second, message) => {
    expect(
      await findingsOf('escalation', withBoundaries(scope('subProcess', 'sub'), [first, second], escalations)),
    ).toEqual([message]);
  });
});
