import { type Static, Type } from 'typebox';
import { emailSend } from '../../tasks/email-send.ts';

/** The name under which the e-mail adapter is found. */
export const emailAdapterName = 'email-adapter';

/** What `send_email` of the e-mail adapter takes: the same as the topic `email_send`. */
export const SendEmailParameters = Type.Object(emailSend.input.properties, {
  title: 'SendEmailParameters',
  additionalProperties: false,
});

/** What `send_email` gives. `status` and `message_id`: e-mail adapter of the implementation guide. */
export const SendEmailResult = Type.Object(
  {
    status: Type.Literal('sent'),
    message_id: Type.String({
      description: 'Message-ID of the mail, the same for every attempt with the same `idempotency-key`.',
    }),
    to: emailSend.output.properties.to,
    refused: emailSend.output.properties.refused,
    deferred: emailSend.output.properties.deferred,
  },
  { title: 'SendEmailResult' },
);
export type SendEmailResult = Static<typeof SendEmailResult>;
