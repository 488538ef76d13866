import { type Static, Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const bodyTypes = ['text', 'plain', 'html'] as const;

const Recipients = (description: string) => Type.Union([Type.String(), Type.Array(Type.String())], { description });

const Attachment = Type.Object(
  {
    filename: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Name that the reader sees; of a path the last part.',
    }),
    content: Type.Optional(Type.String({ description: 'The file in the given encoding.' })),
    content_variable: Type.Optional(
      Type.String({
        description:
          'Instead of `content`: name of a File, Bytes or text variable of the process. Its bytes do not pass through other variables.',
      }),
    ),
    encoding: Type.Optional(
      Type.Union([Type.Literal('base64'), Type.Literal('utf-8')], {
        default: 'base64',
        description: 'How `content` stands for the bytes.',
      }),
    ),
    content_type: Type.Optional(
      Type.String({ maxLength: 127, description: 'Media type; `application/octet-stream` when it is left out.' }),
    ),
  },
  { additionalProperties: false },
);

const RefusedRecipient = Type.Object({
  email: Type.String({
    description: 'Address that the mail did not go to; empty when the refusal is not about one address.',
  }),
  reason: Type.String({ description: 'What was said about it.' }),
});

/** Source: generic worker of the reference, topic `email_send`; cc, bcc, reply_to, body_html and attachments are additions. */
export const emailSend = defineTaskContract({
  topic: 'email_send',
  title: 'Send an e-mail',
  description:
    'Hands one mail to a mail server. At least once: an answer of the server that is lost on its way makes the next attempt send the mail again, with the same Message-ID.',
  input: Type.Object({
    to_email: Recipients(
      'Who gets it: `ada@example.com` or `Ada <ada@example.com>`; several as a list, or in one text with commas.',
    ),
    subject: Type.String({ maxLength: 900, description: 'One line.' }),
    body: Type.String({ description: 'The text of the mail.' }),
    body_type: Type.Optional(
      Type.Union(
        bodyTypes.map((type) => Type.Literal(type)),
        { default: 'text', description: 'What `body` is: text (or plain), or html.' },
      ),
    ),
    body_html: Type.Optional(
      Type.String({ description: 'The same as HTML, beside a `body` of text; the reader sees one of both.' }),
    ),
    from_email: Type.Optional(Type.String({ description: 'Sender; without it the one of the settings.' })),
    cc: Type.Optional(Recipients('Who gets a copy.')),
    bcc: Type.Optional(Recipients('Who gets a copy that the others do not see.')),
    reply_to: Type.Optional(Recipients('Where answers go.')),
    attachments: Type.Optional(
      Type.Union([Type.Array(Attachment), Type.String()], {
        description:
          'Files that go along: `[{filename, content or content_variable, encoding, content_type}]`, or that list as JSON text.',
      }),
    ),
  }),
  output: Type.Object({
    sent: Type.Literal(true, { description: 'The mail server took the mail for at least one recipient.' }),
    to: Type.String({ description: 'The recipients of `to_email`, `cc` and `bcc` that the server took, with commas.' }),
    message_id: Type.String({ description: 'Message-ID of the mail, the same for every attempt.' }),
    deferred: Type.Optional(
      Type.Array(RefusedRecipient, {
        description:
          'Recipients of which the server says "later", also when they were tried again: the mail can still be sent to them alone.',
      }),
    ),
    refused: Type.Array(RefusedRecipient, {
      description: 'Recipients of which the server says "never", while it took others.',
    }),
  }),
  bpmnErrors: [
    {
      code: 'EMAIL_REFUSED',
      when: 'An address, a header or an attachment cannot be sent, a recipient is not allowed, or the mail server says no for good. `refused` tells why.',
    },
  ],
});

export type EmailSendInput = Static<typeof emailSend.input>;
export type EmailSendOutput = Static<typeof emailSend.output>;
