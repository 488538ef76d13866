import {
  choice,
  type ConfigField,
  flag,
  integer,
  list,
  optional,
  port,
  secret,
  type Secret,
  text,
} from '@procos/config';
import { readAllowEntry } from './allow-list.ts';
import { readMailbox } from './mail-address.ts';

/** How the connection to the mail server is kept from others. */
export const tlsModes = ['starttls', 'implicit', 'opportunistic', 'none'] as const;
export type TlsMode = (typeof tlsModes)[number];

/** Settings of everything that sends by SMTP. Names and default port: e-mail adapter of the implementation guide. */
export function smtpFields() {
  return {
    smtpHost: optional(text('SMTP_HOST', { doc: 'Mail server that mails are handed to.' })),
    smtpPort: port('SMTP_PORT', { default: 587, doc: 'Port of the mail server.' }),
    smtpTls: choice('SMTP_TLS', tlsModes, {
      default: 'starttls',
      doc: 'starttls = encrypted or not at all; implicit = encrypted from the first byte (port 465); opportunistic = encrypted when the server offers it; none.',
    }),
    smtpUser: optional(text('SMTP_USER', { doc: 'User at the mail server; none = it asks for none.' })),
    smtpPassword: optional(secret('SMTP_PASSWORD', { doc: 'Password at the mail server.' })),
    smtpFrom: optional(sender()),
    smtpTimeoutMs: integer('SMTP_TIMEOUT', {
      default: 30_000,
      min: 100,
      max: 600_000,
      doc: 'How long the mail server may be silent, in milliseconds.',
    }),
  } as const;
}

/** What an operator allows mails to be. */
export function mailPolicyFields() {
  return {
    mailAllow: recipients(),
    mailMaxBytes: integer('PROCOS_MAIL_MAX_BYTES', {
      default: 10_485_760,
      min: 1,
      doc: 'Text and attachments of one mail together, in bytes.',
    }),
  } as const;
}

/** Lets `email_validation` ask the DNS. */
export function mailDnsFields() {
  return {
    mailDns: flag('PROCOS_MAIL_DNS', {
      default: false,
      doc: 'Whether a model may have the DNS asked if a domain takes mail.',
    }),
  } as const;
}

/** The settings of {@link smtpFields}, read. */
export interface SmtpConfig {
  readonly smtpHost: string | undefined;
  readonly smtpPort: number;
  readonly smtpTls: TlsMode;
  readonly smtpUser: string | undefined;
  readonly smtpPassword: Secret | undefined;
  readonly smtpFrom: string | undefined;
  readonly smtpTimeoutMs: number;
}

function sender(): ConfigField<string> {
  const field = text('SMTP_FROM', { doc: 'Sender of mails that name none: `ProcOS <procos@example.com>`.' });
  const parse = (value: string): string => {
    const read = readMailbox(field.parse(value));
    if (!read.ok) throw new Error(read.fault.reason);
    return value;
  };
  return { ...field, parse };
}

function recipients(): ConfigField<readonly string[]> {
  const field = list('PROCOS_MAIL_ALLOW', {
    default: [],
    doc: 'Who may get mail: addresses, domains, and `*.example.com` for everything below a domain; empty = everybody.',
  });
  return { ...field, parse: (value) => field.parse(value).map(readAllowEntry) };
}
