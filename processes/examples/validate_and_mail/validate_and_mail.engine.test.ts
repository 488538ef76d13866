import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const driver = useProcessDriver(new URL('./validate_and_mail.bpmn', import.meta.url));
const news = {
  desk: 'desk@example.com',
  subject: 'News',
  body: 'It works.',
  recipients: ['ada@example.com', 'bob@example.com'],
  attachments: [{ filename: 'a.txt', content: 'YQ==' }],
};
const valid = { email_valid: true, valid_emails: news.recipients, validation_errors: [], validation_message: '' };
const invalid = {
  email_valid: false,
  valid_emails: [],
  validation_errors: [],
  validation_message: 'email must have the form name@domain.',
};
const sent = { sent: true, to: 'desk@example.com', message_id: '<1@example.com>', refused: [] };

async function check(instance: string, result: typeof valid) {
  const task = await driver.takeTask('email_validation', instance);
  await task.complete(result);
  return task.variables;
}

describe('validate_and_mail', () => {
  it('sends the news, with its files, to recipients that do not see each other', async () => {
    // given
    const instance = await driver.start('validate_and_mail', news);

    // when
    const checked = await check(instance, valid);
    const send = await driver.takeTask('email_send', instance);
    await send.complete(sent);

    // then
    expect(checked).toMatchObject({ email: news.recipients });
    expect(send.variables).toMatchObject({
      to_email: 'desk@example.com',
      bcc: news.recipients,
      subject: 'News',
      body: 'It works.',
      attachments: news.attachments,
    });
    const end = await driver.ended(instance);
    expect(end.path).toEqual(['news_written', 'check_addresses', 'addresses_valid', 'send_news', 'news_sent']);
  });

  it('has a person correct an address that is none, and checks it again', async () => {
    // given
    const instance = await driver.start('validate_and_mail', { ...news, recipients: 'ada' });
    await check(instance, invalid);

    // when
    expect(await driver.userTask(instance)).toMatchObject({
      taskDefinitionKey: 'correct_addresses',
      description: invalid.validation_message,
    });
    await driver.answer(instance, { recipients: 'ada@example.com' });
    const checked = await check(instance, valid);
    await (await driver.takeTask('email_send', instance)).complete(sent);

    // then
    expect(checked).toMatchObject({ email: 'ada@example.com' });
    expect((await driver.ended(instance)).endEvent).toBe('news_sent');
  });

  it('has a person correct what a mail server refused', async () => {
    // given
    const instance = await driver.start('validate_and_mail', news);
    await check(instance, valid);

    // when
    await (await driver.takeTask('email_send', instance)).bpmnError('EMAIL_REFUSED', '550 no such user');

    // then
    expect(await driver.userTask(instance)).toMatchObject({
      taskDefinitionKey: 'correct_addresses',
      description: '550 no such user',
    });
    await driver.terminate(instance);
  });
});
