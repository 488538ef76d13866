import type { EmailSendInput } from '@procos/contracts';
import { isAllowed } from './allow-list.ts';
import { type MailAddress, readMailbox, splitMailboxes } from './mail-address.ts';
import { headerText, type MailAttachment, readAttachments } from './mail-parts.ts';
import { mailRefused, type RefusedRecipient } from './mail-refusal.ts';

/** What an operator allows. */
export interface MailPolicy {
  /** Addresses, domains and `*.` domains that mail may go to; empty = everybody. */
  readonly allow: readonly string[];
  /** All attachments and the text together, in bytes. */
  readonly maxBytes: number;
}

/** A mail that is checked as a whole and ready to be sent. */
export interface PreparedMail {
  /** `undefined`: the sender of the settings. */
  readonly from: MailAddress | undefined;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly MailAttachment[];
}

/** Recipients of one mail, as most servers take them at once (RFC 5321, 4.5.3.1.8 asks for 100). */
const mostRecipients = 100;

/**
 * Checks everything about a mail before anybody is asked to send it.
 *
 * @throws BpmnError EMAIL_REFUSED with all recipients that are wrong, TerminalError for parameters that make no sense
 */
export function prepareMail(input: EmailSendInput, { allow, maxBytes }: MailPolicy): PreparedMail {
  const [to, cc, bcc] = recipients([input.to_email, input.cc, input.bcc], allow);
  const html = input.body_type === 'html' ? input.body : input.body_html;
  const text = input.body_type === 'html' ? undefined : input.body;
  const bodyBytes = Buffer.byteLength(text ?? '') + Buffer.byteLength(html ?? '');
  if (bodyBytes > maxBytes)
    throw mailRefused(`The mail was refused: its text has ${bodyBytes} bytes and the limit is ${maxBytes}.`);
  return {
    from: input.from_email === undefined ? undefined : only(mailboxes(input.from_email), 'from_email'),
    to,
    cc,
    bcc,
    replyTo: valid(mailboxes(input.reply_to), 'reply_to'),
    subject: headerText(input.subject, 'the subject'),
    text,
    html,
    attachments: readAttachments(input.attachments, maxBytes - bodyBytes),
  };
}

interface ReadMailbox {
  readonly written: string;
  readonly read: ReturnType<typeof readMailbox>;
  /** What stands behind the next comma. */
  readonly next: string | undefined;
}

function mailboxes(given: string | readonly string[] | undefined): readonly ReadMailbox[] {
  const written = typeof given === 'string' ? splitMailboxes(given) : (given ?? []);
  return written.map((one, index) => ({
    written: one,
    read: readMailbox(one),
    next: typeof given === 'string' ? written[index + 1] : undefined,
  }));
}

type Groups = readonly [readonly MailAddress[], readonly MailAddress[], readonly MailAddress[]];

/** To, cc and bcc; an address that stands in several gets the mail once. */
function recipients(given: readonly (string | readonly string[] | undefined)[], allow: readonly string[]): Groups {
  const groups = given.map(mailboxes);
  const refused = groups.flat().flatMap((mailbox) => refusalOf(mailbox, allow));
  if (refused.length > 0)
    throw mailRefused(
      `The mail was refused: ${refused.map(({ email, reason }) => `${JSON.stringify(email)} ${reason}`).join('; ')}.`,
      refused,
    );
  const count = groups.flat().length;
  if (count === 0) throw mailRefused('The mail was refused: it has no recipient.');
  if (count > mostRecipients)
    throw mailRefused(`The mail was refused: it has ${count} recipients and the limit is ${mostRecipients}.`);
  const seen = new Set<string>();
  const [to = [], cc = [], bcc = []] = groups.map((group) =>
    addressesOf(group).filter(({ address }) => !seen.has(address) && seen.add(address)),
  );
  return [to, cc, bcc];
}

function refusalOf({ written, read, next = '' }: ReadMailbox, allow: readonly string[]): readonly RefusedRecipient[] {
  const email = shown(written);
  // `Doe, Jane <jane@example.com>`: the first half of a name, and nobody gets a mail for the other.
  const isHalfName = !written.includes('@') && /^[^<>@"]*<[^<>]+>$/.test(next);
  if (!read.ok && isHalfName)
    return [
      {
        email,
        reason: `is no address: a name with a comma must stand in quotes, as in "${shown(written)}, ${shown(next.replace(/\s*</, '" <'))}`,
      },
    ];
  if (!read.ok) return [{ email, reason: read.fault.reason }];
  return isAllowed(read.value, allow)
    ? []
    : [{ email: read.value.address, reason: 'is not on the list of allowed recipients' }];
}

function valid(list: readonly ReadMailbox[], parameter: string): readonly MailAddress[] {
  const [wrong] = list.filter(({ read }) => !read.ok);
  if (wrong !== undefined && !wrong.read.ok)
    throw mailRefused(`The mail was refused: ${parameter} ${wrong.read.fault.reason}.`);
  return addressesOf(list);
}

function only(list: readonly ReadMailbox[], parameter: string): MailAddress {
  const [address, ...others] = valid(list, parameter);
  if (address === undefined || others.length > 0)
    throw mailRefused(`The mail was refused: ${parameter} must be one address.`);
  return address;
}

function addressesOf(list: readonly ReadMailbox[]): readonly MailAddress[] {
  return list.flatMap(({ read }) => (read.ok ? [read.value] : []));
}

/** As it was written, without what cannot be seen, and not longer than a line. */
function shown(written: string): string {
  return written.replaceAll(/\p{C}/gu, '\u{fffd}').slice(0, 100);
}
