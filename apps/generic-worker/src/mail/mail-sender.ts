import type { EmailSendInput, EmailSendOutput, ServiceRecord } from '@procos/contracts';
import { RetryableError, TerminalError } from '@procos/errors';
import type { Mailer, PreparedMail } from '@procos/mail';
import type { TaskContext } from '@procos/task-worker';
import type { FindService } from '../services/find-service.ts';
import { type AdapterCaller, findEmailAdapter } from './email-adapter.ts';

/** A mail as the model gave it, and as it was checked. */
export interface CheckedMail {
  readonly given: EmailSendInput;
  readonly prepared: PreparedMail;
}
/** Hands a mail to whoever sends it. */
export type SendMail = (mail: CheckedMail, context: TaskContext) => Promise<EmailSendOutput>;

export interface MailSenderOptions {
  readonly findService: FindService;
  readonly callAdapter: AdapterCaller;
  /** `undefined`: the worker has no mail server of its own. */
  readonly mailer: Mailer | undefined;
}

/** Sends through the e-mail adapter when one is registered, else by the worker's own mail server. */
export function createMailSender({ findService, callAdapter, mailer }: MailSenderOptions): SendMail {
  return async ({ given, prepared }, context) => {
    const adapters = await adaptersFor(findService, mailer);
    if (adapters.length > 0) return callAdapter(adapters, given, context);
    if (mailer === undefined) {
      throw new TerminalError(
        'There is no way to send mail: no service is registered under the name "email-adapter", and SMTP_HOST is not set.',
      );
    }
    const { idempotencyKey, signal } = context.lease;
    const { accepted, messageId, refused, deferred } = await mailer.send(prepared, { idempotencyKey, signal });
    return {
      sent: true,
      to: accepted.join(', '),
      message_id: messageId,
      refused: [...refused],
      deferred: [...deferred],
    };
  };
}

/** A directory that is away stops no mail that the worker can send by itself. */
async function adaptersFor(findService: FindService, mailer: Mailer | undefined): Promise<readonly ServiceRecord[]> {
  try {
    return await findEmailAdapter(findService);
  } catch (thrown) {
    if (thrown instanceof RetryableError && mailer !== undefined) return [];
    throw thrown;
  }
}
