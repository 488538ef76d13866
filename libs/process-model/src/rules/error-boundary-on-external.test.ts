import { describe, expect, it } from 'vitest';
import { withBoundaries } from '../fixtures/event-models.ts';
import { task, taskModel } from '../fixtures/model-builder.ts';
import { lintProcessModel } from '../lint-process-model.ts';

const topicErrors = new Map([
  ['check_order', [{ code: 'REFUSED' }, { code: 'GONE' }]],
  ['careful', [{ code: 'INVALID', onlyWith: 'malformed=error' }]],
  ['harmless', []],
]);
const errors = '<bpmn:error id="e1" errorCode="REFUSED" /><bpmn:error id="e2" errorCode="GONE" />';
const caught = (reference?: string): string =>
  `<bpmn:errorEventDefinition ${reference === undefined ? '' : `errorRef="${reference}"`} />`;

async function messages(xml: string): Promise<string[]> {
  return (await lintProcessModel(xml, { topicErrors }))
    .filter(({ rule }) => rule === 'error-boundary-on-external')
    .map(({ message }) => message);
}

describe('the rule error-boundary-on-external', () => {
  it('names the errors of a known topic that no event catches', async () => {
    expect(await messages(taskModel())).toEqual(['No event catches the errors REFUSED, GONE that this task may raise']);
    expect(await messages(withBoundaries(task('work'), [caught('e1')], errors))).toEqual([
      'No event catches the error GONE that this task may raise',
    ]);
  });

  it('is content when all are caught, by their codes or by an event for every error', async () => {
    expect(await messages(withBoundaries(task('work'), [caught('e1'), caught('e2')], errors))).toEqual([]);
    expect(await messages(withBoundaries(task('work'), [caught()]))).toEqual([]);
  });

  it('asks nothing of topics that raise no error, or only where the task asks for it', async () => {
    const careful = task('work', {
      extensions: '<camunda:properties><camunda:property name="malformed" value="error" /></camunda:properties>',
    });

    expect(await messages(taskModel().replace('check_order', 'harmless'))).toEqual([]);
    expect(await messages(taskModel().replace('check_order', 'careful'))).toEqual([]);
    expect(await messages(withBoundaries(careful, []).replace('check_order', 'careful'))).toEqual([
      'No event catches the error INVALID that this task may raise',
    ]);
  });

  it('asks of any other topic that something is caught', async () => {
    expect(await messages(taskModel().replace('check_order', 'own_topic'))).toEqual([
      'No error boundary event or error sub-process handles a failure of this task',
    ]);
  });
});
