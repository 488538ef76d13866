import { TerminalError, messageOf } from '@procos/errors';
import type { EmailSendInput } from '@procos/contracts';
import { mailRefused } from './mail-refusal.ts';

/** A file that goes along. */
export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A file as a model gives it. */
export type GivenAttachment = Exclude<NonNullable<EmailSendInput['attachments']>, string>[number];

const mostAttachments = 20;
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i;
/** Looked at character by character: a pattern of groups of four overflows the stack on a file of some megabytes. */
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** A text that becomes part of a header: one line, nothing that could end it. @throws BpmnError EMAIL_REFUSED */
export function headerText(text: string, part: string): string {
  if (controls.test(text))
    throw mailRefused(`The mail was refused: ${part} holds a line break or another control character.`);
  return text;
}

/**
 * The files of a mail.
 *
 * @throws BpmnError EMAIL_REFUSED for files that cannot be sent, TerminalError for a list that makes no sense
 */
export function readAttachments(given: EmailSendInput['attachments'], maxBytes: number): readonly MailAttachment[] {
  const attachments = listAttachments(given).map(readAttachment);
  const bytes = attachments.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > maxBytes)
    throw mailRefused(`The mail was refused: its attachments have ${bytes} bytes and the limit is ${maxBytes}.`);
  return attachments;
}

/**
 * The files as a model gives them, as a list.
 *
 * @throws BpmnError EMAIL_REFUSED for too many of them, TerminalError for a list that makes no sense
 */
export function listAttachments(given: EmailSendInput['attachments']): readonly GivenAttachment[] {
  const list = typeof given === 'string' ? parseList(given) : (given ?? []);
  if (list.length > mostAttachments)
    throw mailRefused(`The mail was refused: it has ${list.length} attachments and the limit is ${mostAttachments}.`);
  return list;
}

function parseList(text: string): readonly GivenAttachment[] {
  if (text.trim() === '') return [];
  let list: unknown;
  try {
    list = JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new TerminalError(`The parameter attachments is no JSON: ${messageOf(thrown)}`, { cause: thrown });
  }
  if (!Array.isArray(list) || !list.every(isAttachment)) {
    throw new TerminalError(
      'The parameter attachments must be a list of {filename, content or content_variable, encoding, content_type}.',
    );
  }
  return list;
}

function isAttachment(value: unknown): value is GivenAttachment {
  if (typeof value !== 'object' || value === null) return false;
  const {
    filename,
    content = '',
    content_variable = '',
    encoding = 'base64',
    content_type = '',
  } = value as Readonly<Record<string, unknown>>;
  const isText = [filename, content, content_variable, content_type].every((part) => typeof part === 'string');
  return isText && filename !== '' && (encoding === 'base64' || encoding === 'utf-8');
}

/** The name alone: where the file lay is nothing to the reader, and `../` in front of it is no name of a file. */
function baseName(path: string): string {
  const name = path.split(/[/\\]/).at(-1)?.trim() ?? '';
  return /^\.*$/.test(name) || /^[a-z]:$/i.test(name) ? '' : name.replace(/^[a-z]:(?=.)/i, '');
}

function readAttachment(
  { filename, content, encoding = 'base64', content_type: contentType = 'application/octet-stream' }: GivenAttachment,
  index: number,
): MailAttachment {
  const name = baseName(headerText(filename, `the file name of attachment ${index + 1}`));
  if (name === '')
    throw mailRefused(`The mail was refused: the file name of attachment ${index + 1} is the name of a folder.`);
  if (content === undefined) throw new TerminalError(`Attachment ${index + 1} has no content.`);
  if (!mediaType.test(contentType))
    throw mailRefused(`The mail was refused: the content type of attachment ${index + 1} is no media type.`);
  if (encoding === 'utf-8') return { filename: name, contentType, content: Buffer.from(content, 'utf8') };
  const compact = content.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !base64.test(compact))
    throw mailRefused(`The mail was refused: attachment ${index + 1} is no base64 text, as its encoding says it is.`);
  return { filename: name, contentType, content: Buffer.from(compact, 'base64') };
}
