import { emailSend } from '@procos/contracts';
import { type MailPolicy, prepareMail } from '@procos/mail';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SendMail } from '../mail/mail-sender.ts';

export interface EmailSendOptions {
  readonly send: SendMail;
  readonly policy: MailPolicy;
}

/** Sends one mail, at least once: every attempt carries the same Message-ID. */
export function emailSendTask({ send, policy }: EmailSendOptions): TaskDefinition {
  return defineTask(emailSend, async (given, context) => send({ given, prepared: prepareMail(given, policy) }, context));
}
