import type { EmailSendInput } from '@procos/contracts';
import { TerminalError } from '@procos/errors';
import { type GivenAttachment, listAttachments, mailRefused } from '@procos/mail';
import type { TaskContext } from '@procos/task-worker';
import type { FileVariable, OpenFileVariable } from '../files/file-variable.ts';

export interface AttachmentSource {
  readonly open: OpenFileVariable;
  /** All files together, in bytes. */
  readonly maxBytes: number;
}

/**
 * Puts the bytes of process variables in the place of their names.
 *
 * @throws BpmnError EMAIL_REFUSED when they are too large, TerminalError for a name that no variable has, RetryableError
 */
export async function withVariables(
  mail: EmailSendInput,
  context: TaskContext,
  { open, maxBytes }: AttachmentSource,
): Promise<EmailSendInput> {
  const list = listAttachments(mail.attachments);
  if (!list.some(({ content_variable: variable }) => variable !== undefined)) return mail;
  const attachments: GivenAttachment[] = [];
  let left = maxBytes;
  // One after the other: what is in memory stays under the limit.
  for (const { content_variable: variable, ...attachment } of list) {
    if (variable === undefined) {
      attachments.push(attachment);
      continue;
    }
    if (attachment.content !== undefined)
      throw new TerminalError(
        `The attachment ${JSON.stringify(attachment.filename)} has a content and a content_variable: only one can be sent.`,
      );
    const bytes = await bytesOf(await open(context.processInstanceId, variable, context.lease.signal), left);
    if (bytes === undefined)
      throw mailRefused(`The mail was refused: its attachments have more than ${maxBytes} bytes, which is the limit.`);
    left -= bytes.length;
    attachments.push({ ...attachment, content: bytes.toString('base64'), encoding: 'base64' });
  }
  return { ...mail, attachments };
}

/** `undefined` as soon as there are more bytes than may be. */
async function bytesOf(file: FileVariable, most: number): Promise<Buffer | undefined> {
  try {
    if ((file.size ?? 0) > most) return undefined;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of file.chunks) {
      length += chunk.length;
      if (length > most) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    file.close();
  }
}
