import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

const ValidationError = Type.Object({
  field: Type.String({ description: '`email`, or `email.2` for the third of a list.' }),
  rule: Type.String({ description: '`syntax`, `length`, `domain` or `mail_server`.' }),
  message: Type.String({ description: 'A whole sentence.' }),
});

/** Source: first tutorial of the reference (`hello_email_process`), topic `email_validation` with the result `email_valid`. */
export const emailValidation = defineTaskContract({
  topic: 'email_validation',
  title: 'Validate e-mail addresses',
  description:
    'Checks whether a mail could be sent to an address, as it is written. Nobody is asked whether the mailbox exists.',
  input: Type.Object({
    email: Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 1_000 })], {
      description:
        'One address such as `ada@example.com`, or a list of them. A name beside the address is not accepted here.',
    }),
    check_mail_server: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Also asks the DNS whether the domain takes mail. Needs `PROCOS_MAIL_DNS`.',
      }),
    ),
    timeout: Type.Optional(
      Type.Number({
        default: 5,
        exclusiveMinimum: 0,
        maximum: 60,
        description: 'How long the DNS may take for all domains together, in seconds.',
      }),
    ),
  }),
  output: Type.Object({
    email_valid: Type.Boolean({ description: 'True when every address is valid, and there is at least one.' }),
    valid_emails: Type.Array(Type.String(), {
      description: 'The valid ones in normal form: domain in lower case and ASCII.',
    }),
    validation_errors: Type.Array(ValidationError, { description: 'What is wrong; empty when valid.' }),
    validation_message: Type.String({ description: 'The sentences of all errors in one text; empty when valid.' }),
  }),
});
