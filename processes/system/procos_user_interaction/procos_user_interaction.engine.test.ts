import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'procos_user_interaction';
const driver = useProcessDriver(new URL('./procos_user_interaction.bpmn', import.meta.url));
const question = 'May we deploy on Friday?';

/** Starts with the question alone and lets the check fill in the rest. */
async function asked(given: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const instance = await driver.start(key, { question });
  const data = { question, user_id: null, due: null, remind_after: 'P1D', ...given };
  const verdict = { valid: true, validation_errors: [], validation_message: '', validated_data: data };
  await (await driver.takeTask('input_validation', instance)).complete({ ...data, ...verdict });
  return instance;
}

describe('procos_user_interaction', () => {
  it('ends with the answer of a person', async () => {
    // given
    const instance = await asked({ user_id: 'ada', due: '2030-01-01T12:00:00' });

    // when
    const task = await driver.userTask(instance);
    await driver.answer(instance, { answer: 'No.' });

    // then
    expect(task).toMatchObject({ taskDefinitionKey: 'ask_person', assignee: 'ada', description: question });
    expect(task.due).toContain('2030-01-01T12:00:00');
    const end = await driver.ended(instance);
    expect(end.path).toEqual([
      'question_asked',
      'prepare_question',
      'question_valid',
      'ask_person',
      'question_answered',
    ]);
    expect(end.variables).toMatchObject({ answer: 'No.' });
  });

  it('needs neither a person nor a due date', async () => {
    const task = await driver.userTask(await asked());
    expect(task).toMatchObject({ assignee: null, due: null });
  });

  it('reminds three times and goes on waiting for the answer', async () => {
    // given
    const instance = await asked({ user_id: 'ada', remind_after: 'PT2S' });

    // when
    for (let reminder = 1; reminder <= 3; reminder++) {
      const task = await driver.takeTask('admin_notification', instance);
      expect(task.variables).toMatchObject({
        component: 'ada',
        notification: `Still waiting for an answer: ${question}`,
      });
      await task.complete({ notification_id: `n-${reminder}`, notified_at: '2026-01-01T00:00:00Z' });
    }

    // then
    expect(await driver.timers(instance)).toHaveLength(0);
    expect(await driver.state(instance)).toBe('ACTIVE');
    await driver.answer(instance, { answer: 'Yes.' });
    const end = await driver.ended(instance);
    expect(end.path.filter((id) => id === 'person_reminded')).toHaveLength(3);
    expect(end.path).toContain('question_answered');
  });

  it('reminds nobody in particular when no person is named', async () => {
    const instance = await asked();
    await driver.fireTimer(instance, 'answer_overdue');
    expect((await driver.takeTask('admin_notification', instance)).variables['component']).toBeNull();
  });

  it('refuses a question that breaks the schema', async () => {
    // given
    const instance = await driver.start(key);
    const errors = [{ field: 'question', rule: 'required', message: 'question is required.' }];

    // when
    const check = await driver.takeTask('input_validation', instance);
    await check.complete({
      valid: false,
      validation_errors: errors,
      validation_message: 'question is required.',
      validated_data: null,
    });

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'question_refused', failed: true, variables: { validation_errors: errors } });
  });
});
