import { caseFile } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../fixtures/findings-of.ts';
import { taskModel } from '../fixtures/model-builder.ts';
import { fixProcessModel } from '../fix-process-model.ts';
import { lintProcessModel } from '../lint-process-model.ts';

const camunda8 = caseFile('bpmn', 'b04-made-for-camunda-8.bpmn').toString('utf8');
const zeebe = '<zeebe:taskDefinition xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" type="x" />';

describe('the rule made-for-camunda-8', () => {
  it('is the first finding, and names as its consequences what follows from it', async () => {
    const [first, ...others] = await lintProcessModel(camunda8);

    expect(first).toMatchObject({
      rule: 'made-for-camunda-8',
      severity: 'error',
      message: expect.stringMatching(
        /^The model is made for Camunda 8: \d+ of its settings \(zeebe:taskDefinition, .+\) mean nothing to this engine$/,
      ) as string,
    });
    expect(
      others.filter(({ severity }) => severity === 'error').map(({ rule, consequenceOf }) => [rule, consequenceOf]),
    ).toEqual(
      expect.arrayContaining([
        ['external-task-implementation', 'made-for-camunda-8'],
        ['condition', 'made-for-camunda-8'],
      ]),
    );
  });

  it('is a warning where somebody has prepared each element for this engine too', async () => {
    expect(await findingsOf('made-for-camunda-8', taskModel({ extensions: zeebe }))).toEqual([
      'warning definitions: The model is made for Camunda 8: 1 of its settings (zeebe:taskDefinition) mean nothing to this engine',
    ]);
  });

  it.each(['zeebe_calledElement', 'zeebe_mi', 'zeebe_only_topicless_user'])(
    'is the first finding of %s, and no repair translates a part of it',
    async (name) => {
      const xml = caseFile('bpmn', `${name}.bpmn`).toString('utf8');
      const settings = (text: string) => text.match(/<zeebe:[^>]*>|\bcamunda:\w+="[^"]*"/g);

      const [first] = await lintProcessModel(xml);
      const fixed = await fixProcessModel(xml);

      expect(first).toMatchObject({ rule: 'made-for-camunda-8', severity: 'error' });
      expect(settings(fixed.xml)).toEqual(settings(xml));
    },
  );

  it('is said of a time in FEEL, in a model that shows it by nothing else', async () => {
    expect(await findingsOf('timer', caseFile('bpmn', 'zeebe_timer_feel.bpmn').toString('utf8'))).toEqual([
      'error d: The duration "=duration("PT5M")" cannot be read: it is FEEL, which this engine does not know',
    ]);
  });

  it('is a warning for a model that only says so', async () => {
    expect(await findingsOf('made-for-camunda-8', caseFile('bpmn', 'platform8.bpmn').toString('utf8'))).toEqual([
      'warning Defs: The model says that it is made for Camunda 8, although nothing in it needs Camunda 8',
    ]);
  });
});
