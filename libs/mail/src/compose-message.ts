import type { MailAddress } from './mail-address.ts';
import type { PreparedMail } from './prepare-mail.ts';

/** Writes a mail as it goes over the wire. Source: RFC 5322; RFC 3834 for the mark of an automatic mail. */
export async function composeMessage(mail: PreparedMail, from: MailAddress, messageId: string): Promise<Buffer> {
  const { to, cc, replyTo, subject, text, html, attachments } = mail;
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from: header(from),
    to: to.map(header),
    cc: cc.map(header),
    replyTo: replyTo.map(header),
    subject,
    messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    attachments: attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content,
      contentDisposition: 'attachment' as const,
    })),
    // Content is bytes only: nothing in it is ever taken for a path or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

function header({ name, address }: MailAddress): { name: string; address: string } {
  return { name, address };
}
