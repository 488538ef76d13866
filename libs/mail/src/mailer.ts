import { setTimeout as delay } from 'node:timers/promises';
import type { NodemailerError } from 'nodemailer/lib/errors';
import { BpmnError, messageOf, TerminalError } from '@procos/errors';
import { composeMessage } from './compose-message.ts';
import { type MailAddress, readMailbox } from './mail-address.ts';
import type { SmtpConfig } from './mail-fields.ts';
import { asMailOutcome, isForLater, refusedRecipients } from './mail-outcome.ts';
import type { RefusedRecipient } from './mail-refusal.ts';
import { messageIdOf } from './message-id.ts';
import type { PreparedMail } from './prepare-mail.ts';
import { sendOverSmtp, type SmtpServer } from './smtp-session.ts';

/** What became of a mail that at least one recipient gets. */
export interface SentMail {
  readonly messageId: string;
  readonly accepted: readonly string[];
  /** The server has said "never". */
  readonly refused: readonly RefusedRecipient[];
  /** The server has said "later", again and again: the mail can still be sent to them. */
  readonly deferred: readonly RefusedRecipient[];
}

export interface SendOptions {
  /** The same for every attempt: the Message-ID follows from it. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** Hands mails to one mail server. */
export interface Mailer {
  /**
   * At least once: when the server's answer is lost, the next attempt sends the mail again, with the same Message-ID. Recipients
   * that the server wants later, while it takes others, are tried again alone: the others get the mail once.
   *
   * @throws BpmnError EMAIL_REFUSED, RetryableError for what may pass, TerminalError for what is wrong with the settings
   */
  send(mail: PreparedMail, options: SendOptions): Promise<SentMail>;
}

export interface MailerOptions {
  /** Certificates that are trusted instead of those of Node, in PEM. */
  readonly ca?: string | undefined;
  /** Before each further try for recipients that the server wants later, in milliseconds. @default 2, 8 and 20 s */
  readonly laterMs?: readonly number[];
}

type Deliver = (to: readonly string[], signal: AbortSignal) => ReturnType<typeof sendOverSmtp>;

const defaultLaterMs = [2_000, 8_000, 20_000] as const;

export function createMailer(
  config: SmtpConfig & { readonly smtpHost: string },
  { ca, laterMs = defaultLaterMs }: MailerOptions = {},
): Mailer {
  const {
    smtpHost: host,
    smtpPort: port,
    smtpTls: tls,
    smtpUser: user,
    smtpPassword: password,
    smtpTimeoutMs: timeoutMs,
  } = config;
  const server: SmtpServer = { host, port, tls, user, password, timeoutMs, ...(ca === undefined ? {} : { ca }) };
  return {
    send: async (mail, { idempotencyKey, signal }) => {
      const from = senderOf(mail, config.smtpFrom);
      const messageId = messageIdOf(idempotencyKey, from.domain);
      const message = await composeMessage(mail, from, messageId);
      const to = [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address);
      const deliver: Deliver = (recipients, ended) =>
        sendOverSmtp(server, { from: from.address, to: recipients }, message, ended);
      try {
        const { accepted, rejectedErrors = [] } = await deliver(to, signal);
        const first = byWord(rejectedErrors);
        const later = await tryLater(first.deferred, { deliver, laterMs, signal });
        return {
          messageId,
          accepted: [...accepted, ...later.accepted],
          refused: [...first.refused, ...later.refused],
          deferred: later.deferred,
        };
      } catch (thrown) {
        throw asMailOutcome(thrown, `${host}:${port}`);
      }
    },
  };
}

type Outcome = Omit<SentMail, 'messageId'>;

function byWord(errors: readonly NodemailerError[]): Outcome {
  return {
    accepted: [],
    refused: refusedRecipients(errors.filter((error) => !isForLater(error))),
    deferred: refusedRecipients(errors.filter(isForLater)),
  };
}

/**
 * Others have the mail already: nothing may be thrown from here that has the whole task tried again. What cannot be delivered is
 * told instead.
 */
async function tryLater(
  recipients: readonly RefusedRecipient[],
  { deliver, laterMs, signal }: { deliver: Deliver; laterMs: readonly number[]; signal: AbortSignal },
): Promise<Outcome> {
  let outcome: Outcome = { accepted: [], refused: [], deferred: recipients };
  for (const wait of laterMs) {
    if (outcome.deferred.length === 0 || !(await waited(wait, signal))) break;
    const next = await again(outcome.deferred, deliver, signal);
    outcome = {
      accepted: [...outcome.accepted, ...next.accepted],
      refused: [...outcome.refused, ...next.refused],
      deferred: next.deferred,
    };
  }
  return outcome;
}

async function again(deferred: readonly RefusedRecipient[], deliver: Deliver, signal: AbortSignal): Promise<Outcome> {
  try {
    const { accepted, rejectedErrors = [] } = await deliver(
      deferred.map(({ email }) => email),
      signal,
    );
    return { ...byWord(rejectedErrors), accepted };
  } catch (thrown) {
    if (thrown instanceof BpmnError) return { accepted: [], refused: deferred, deferred: [] };
    const { rejectedErrors = [] } = thrown as NodemailerError;
    if (rejectedErrors.length > 0) return byWord(rejectedErrors);
    return {
      accepted: [],
      refused: [],
      deferred: deferred.map(({ email, reason }) => ({
        email,
        reason: `${reason}; then: ${messageOf(thrown).slice(0, 200)}`,
      })),
    };
  }
}

/** @returns false when there is no more time */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    // Given up: what is known by now is told.
    return false;
  }
}

function senderOf({ from }: PreparedMail, fallback: string | undefined): MailAddress {
  if (from !== undefined) return from;
  const read = readMailbox(fallback ?? '');
  if (!read.ok) throw new TerminalError('The mail has no sender: give from_email, or set SMTP_FROM.');
  return read.value;
}
