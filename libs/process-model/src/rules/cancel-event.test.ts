import { describe, expect, it } from 'vitest';
import { scope, withBoundaries } from '../fixtures/event-models.ts';
import { findingsOf } from '../fixtures/findings-of.ts';
import { model, sequence, task } from '../fixtures/model-builder.ts';

const cancel = '<bpmn:cancelEventDefinition />';
const cancelEnd = `<bpmn:endEvent id="stop">${cancel}</bpmn:endEvent>`;

describe('the rule cancel-event', () => {
  it('takes a cancelled transaction', async () => {
    expect(await findingsOf('cancel-event', withBoundaries(scope('transaction', 'book', cancelEnd), [cancel]))).toEqual(
      [],
    );
  });

  it.each([
    [
      'a cancel event on a task',
      withBoundaries(task('work'), [cancel]),
      'error b0: The cancel event is attached to a <bpmn:serviceTask>, which cannot be cancelled',
    ],
    [
      'two on one transaction',
      withBoundaries(scope('transaction', 'book'), [cancel, cancel]),
      'error b1: "book" has more than one cancel event',
    ],
    [
      'a cancel end event in a sub-process',
      model(sequence(scope('subProcess', 'sub', cancelEnd))),
      'error stop: The cancel end event does not stand directly in a transaction',
    ],
    [
      'one in a sub-process of a transaction',
      model(sequence(scope('transaction', 'book', scope('subProcess', 'sub', cancelEnd)))),
      'error stop: The cancel end event does not stand directly in a transaction',
    ],
  ])('refuses %s', async (_what, xml, message) => {
    expect(await findingsOf('cancel-event', xml)).toEqual([message]);
  });
});
