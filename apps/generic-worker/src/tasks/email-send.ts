import { emailSend } from '@procos/contracts';
import { type MailPolicy, prepareMail } from '@procos/mail';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { OpenFileVariable } from '../files/file-variable.ts';
import { withVariables } from '../mail/attachment-variables.ts';
import type { SendMail } from '../mail/mail-sender.ts';

export interface EmailSendOptions {
  readonly send: SendMail;
  readonly policy: MailPolicy;
  /** Where `content_variable` of an attachment is read from. */
  readonly openFileVariable: OpenFileVariable;
}

/** Sends one mail, at least once: every attempt carries the same Message-ID. */
export function emailSendTask({ send, policy, openFileVariable }: EmailSendOptions): TaskDefinition {
  return defineTask(emailSend, async (input, context) => {
    const given = await withVariables(input, context, { open: openFileVariable, maxBytes: policy.maxBytes });
    return send({ given, prepared: prepareMail(given, policy) }, context);
  });
}
