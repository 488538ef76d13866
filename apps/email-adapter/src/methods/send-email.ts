import { randomUUID } from 'node:crypto';
import { SendEmailParameters, type SendEmailResult } from '@procos/contracts';
import { type Mailer, type MailPolicy, prepareMail } from '@procos/mail';
import { type AdapterMethod, defineMethod } from '@procos/service-kit/adapter';

export interface SendEmailOptions {
  readonly mailer: Mailer;
  readonly policy: MailPolicy;
}

/** `send_email`, at least once: every attempt under one idempotency key carries the same Message-ID. */
export function sendEmail({ mailer, policy }: SendEmailOptions): AdapterMethod {
  return defineMethod(SendEmailParameters, async (mail, { idempotencyKey, signal }): Promise<SendEmailResult> => {
    const key = idempotencyKey === '' ? randomUUID() : idempotencyKey;
    const { messageId, accepted, refused, deferred } = await mailer.send(prepareMail(mail, policy), {
      idempotencyKey: key,
      signal,
    });
    return {
      status: 'sent',
      message_id: messageId,
      to: accepted.join(', '),
      refused: [...refused],
      deferred: [...deferred],
    };
  });
}
