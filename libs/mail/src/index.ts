/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export { readAddress, readMailbox, splitMailboxes } from './mail-address.ts';
export type { AddressFault, MailAddress, ReadAddress } from './mail-address.ts';
export { systemResolver, takesMail } from './mail-domain.ts';
export type { MailResolver } from './mail-domain.ts';
export { mailDnsFields, mailPolicyFields, smtpFields, tlsModes } from './mail-fields.ts';
export type { SmtpConfig, TlsMode } from './mail-fields.ts';
export { listAttachments } from './mail-parts.ts';
export type { GivenAttachment } from './mail-parts.ts';
export { mailRefused } from './mail-refusal.ts';
export type { RefusedRecipient } from './mail-refusal.ts';
export { createMailer } from './mailer.ts';
export type { Mailer, SendOptions, SentMail } from './mailer.ts';
export { prepareMail } from './prepare-mail.ts';
export type { MailPolicy, PreparedMail } from './prepare-mail.ts';
export { canReach } from './reach-server.ts';
