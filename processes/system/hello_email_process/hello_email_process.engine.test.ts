import { useProcessDriver } from '@procos/testing';
import { describe, expect, it } from 'vitest';

const key = 'hello_email_process';
const driver = useProcessDriver(new URL('./hello_email_process.bpmn', import.meta.url));
const form = { recipient_email: 'ada@example.com', message: 'Good morning.' };
const valid = { email_valid: true, valid_emails: ['ada@example.com'], validation_errors: [], validation_message: '' };
const sent = { sent: true, to: 'ada@example.com', message_id: '<1@example.com>', refused: [] };

/** Started, with its form answered. */
async function written(): Promise<string> {
  const instance = await driver.start(key, {});
  expect(await driver.userTask(instance)).toMatchObject({ taskDefinitionKey: 'write_message' });
  await driver.answer(instance, form);
  return instance;
}

async function checked(): Promise<string> {
  const instance = await written();
  await (await driver.takeTask('email_validation', instance)).complete(valid);
  return instance;
}

describe('hello_email_process', () => {
  it('sends what a person wrote', async () => {
    // given
    const instance = await written();

    // when
    const check = await driver.takeTask('email_validation', instance);
    await check.complete(valid);
    const send = await driver.takeTask('email_send', instance);
    await send.complete(sent);

    // then
    expect(check.variables).toMatchObject({ email: 'ada@example.com' });
    expect(send.variables).toMatchObject({
      to_email: 'ada@example.com',
      subject: 'Hello from ProcOS',
      body: 'Good morning.',
      body_type: 'text',
    });
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ failed: false, variables: { sent: true, message_id: '<1@example.com>' } });
    expect(end.path).toEqual([
      'hello_started',
      'write_message',
      'validate_email',
      'address_valid',
      'send_email',
      'email_sent',
    ]);
  });

  it('sends nothing to an address that is none', async () => {
    // given
    const instance = await written();
    const validation_message = 'email must have the form name@domain.';

    // when
    await (await driver.takeTask('email_validation', instance)).complete({
      email_valid: false,
      valid_emails: [],
      validation_errors: [],
      validation_message,
    });

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({ endEvent: 'address_refused', failed: true, variables: { validation_message } });
    expect(end.path).not.toContain('send_email');
  });

  it('ends in an error when the mail is refused', async () => {
    // given
    const instance = await checked();

    // when
    await (await driver.takeTask('email_send', instance)).bpmnError('EMAIL_REFUSED', '550 no such user', {
      sent: false,
    });

    // then
    const end = await driver.ended(instance);
    expect(end).toMatchObject({
      endEvent: 'email_refused',
      failed: true,
      variables: { error_code: 'EMAIL_REFUSED', error_message: '550 no such user', sent: false },
    });
  });

  it('waits with an incident when there is no mail server', async () => {
    // given
    const instance = await checked();

    // when
    await (await driver.takeTask('email_send', instance)).fail('There is no way to send mail');

    // then
    expect(await driver.incidents(instance)).toMatchObject([
      { activityId: 'send_email', incidentMessage: 'There is no way to send mail' },
    ]);
  });
});
