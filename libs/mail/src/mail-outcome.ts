import type { NodemailerError } from 'nodemailer/lib/errors';
import { BpmnError, messageOf, RetryableError, TerminalError } from '@procos/errors';
import { mailRefused, type RefusedRecipient } from './mail-refusal.ts';

const untrusted = /CERT|SELF_SIGNED|SIGNATURE|ALTNAME|ERR_SSL_WRONG_VERSION/;
/** Steps at which a "no" is about the server's user or set-up, not about this mail. */
const ownMatters = /^(CONN|EHLO|HELO|STARTTLS|AUTH)/;
/** Replies that ask for a user, or for another way to prove one. Source: RFC 4954, 6. */
const wantsUser = new Set([530, 534, 535, 538]);

/** Tells what went wrong between here and the mail server as an outcome. What is an outcome already stays as it is. */
export function asMailOutcome(thrown: unknown, server: string): unknown {
  if (thrown instanceof BpmnError || thrown instanceof TerminalError || thrown instanceof RetryableError) return thrown;
  const error = thrown as NodemailerError;
  const said = saidBy(error);
  if (isTooLarge(error)) return mailRefused(`The mail was refused: ${server} takes no mail of that size.`);
  if (error.permanent !== true) return withoutReply(error, server, said);
  if (ownMatters.test(error.command ?? '') || error.code === 'EAUTH' || wantsUser.has(error.responseCode ?? 0)) {
    return new TerminalError(`The mail server ${server} does not accept this sender's set-up: ${said}`, {
      details: 'Look at SMTP_HOST, SMTP_TLS, SMTP_USER and SMTP_PASSWORD.',
    });
  }
  const refused = refusedRecipients(error.rejectedErrors);
  return mailRefused(
    `The mail server ${server} refused the mail: ${said}`,
    refused.length > 0 ? refused : [{ email: '', reason: said }],
  );
}

/** The recipients that a server did not take, each with what it said. */
export function refusedRecipients(errors: readonly NodemailerError[] = []): readonly RefusedRecipient[] {
  return errors.map((error) => ({ email: error.recipient ?? '', reason: saidBy(error) }));
}

/** Whether a server has said "later" of a recipient, and not "never". Source: RFC 5321, 4.2.1. */
export function isForLater({ responseCode = 0 }: NodemailerError): boolean {
  return responseCode >= 400 && responseCode < 500;
}

/** A reply that says "later", or none at all. */
function withoutReply(error: NodemailerError, server: string, said: string): Error {
  const code = error.originalCode ?? error.code ?? '';
  const isTls = error.code === 'ETLS' || error.code === 'ESOCKET';
  if (isTls && untrusted.test(code)) {
    return new TerminalError(`The certificate of the mail server ${server} is not trusted: ${code}`, {
      details: 'Give Node its authority with NODE_EXTRA_CA_CERTS, or look whether SMTP_TLS fits the port.',
      cause: error,
    });
  }
  if (error.code === 'EAUTH' && error.responseCode === undefined)
    return new TerminalError(`The mail server ${server} cannot be given the password: ${said}`, { cause: error });
  return new RetryableError(`The mail server ${server} did not take the mail: ${said}`, { cause: error });
}

function isTooLarge({ code, responseCode }: NodemailerError): boolean {
  return code === 'EMESSAGE' && responseCode === undefined;
}

/** The reply of the server, else the message of the error: one line of a bounded length. */
function saidBy(error: NodemailerError): string {
  return (error.response ?? messageOf(error))
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
