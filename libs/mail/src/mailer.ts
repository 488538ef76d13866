import { registerSecret } from '@procos/logging';
import { TerminalError } from '@procos/errors';
import { composeMessage } from './compose-message.ts';
import { type MailAddress, readMailbox } from './mail-address.ts';
import type { SmtpConfig } from './mail-fields.ts';
import { asMailOutcome, refusedRecipients } from './mail-outcome.ts';
import type { RefusedRecipient } from './mail-refusal.ts';
import { messageIdOf } from './message-id.ts';
import type { PreparedMail } from './prepare-mail.ts';
import { sendOverSmtp, type SmtpServer } from './smtp-session.ts';

/** What became of a mail that at least one recipient gets. */
export interface SentMail {
  readonly messageId: string;
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedRecipient[];
}

export interface SendOptions {
  /** The same for every attempt: the Message-ID follows from it. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Hands mails to one mail server. */
export interface Mailer {
  /**
   * At least once: when the server's answer is lost, the next attempt sends the mail again, with the same Message-ID.
   *
   * @throws BpmnError EMAIL_REFUSED, RetryableError for what may pass, TerminalError for what is wrong with the settings
   */
  send(mail: PreparedMail, options: SendOptions): Promise<SentMail>;
}

/** @param ca certificates that are trusted instead of those of Node, in PEM */
export function createMailer(config: SmtpConfig & { readonly smtpHost: string }, ca?: string): Mailer {
  const { smtpHost: host, smtpPort: port, smtpTls: tls, smtpUser: user, smtpPassword: password, smtpTimeoutMs: timeoutMs } = config;
  const server: SmtpServer = { host, port, tls, user, password, timeoutMs, ...(ca === undefined ? {} : { ca }) };
  if (password !== undefined) registerSecret(password.reveal());
  return {
    send: async (mail, { idempotencyKey, signal }) => {
      const from = senderOf(mail, config.smtpFrom);
      const messageId = messageIdOf(idempotencyKey, from.domain);
      const message = await composeMessage(mail, from, messageId);
      const to = [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address);
      try {
        const { accepted, rejectedErrors } = await sendOverSmtp(server, { from: from.address, to }, message, signal);
        return { messageId, accepted, refused: refusedRecipients(rejectedErrors) };
      } catch (thrown) {
        throw asMailOutcome(thrown, `${host}:${port}`);
      }
    },
  };
}

function senderOf({ from }: PreparedMail, fallback: string | undefined): MailAddress {
  if (from !== undefined) return from;
  const read = readMailbox(fallback ?? '');
  if (!read.ok) throw new TerminalError('The mail has no sender: give from_email, or set SMTP_FROM.');
  return read.value;
}
