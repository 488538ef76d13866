import { BpmnError, TerminalError } from '@procos/errors';
import { type MailServer, startMailServer } from '@procos/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer } from './mailer.ts';
import { prepareMail } from './prepare-mail.ts';
import { testConfig } from './testing/test-config.ts';

/** What has been used to smuggle headers, recipients or commands into mails. */
const breaks = [
  '\r\n',
  '\n',
  '\r',
  '\u0000',
  '\n\r',
  '\r\n\r\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u000b',
  '\u000c',
  '\t\r\n ',
];
const payloads = [
  'Bcc: eve@evil.example',
  'Content-Type: text/html\r\n\r\n<b>',
  '.\r\nMAIL FROM:<eve@evil.example>',
  'X-Smuggled: 1',
  'RCPT TO:<eve@evil.example>',
];
const hostile = breaks.flatMap((line) => payloads.map((payload) => `${line}${payload}`));
/** Without a line break, and hostile all the same. */
const quoted = [
  '"eve@evil.example" x',
  '"a@evil.example> <" <ada@example.com>',
  '<eve@evil.example><ada@example.com>',
  'x:eve@evil.example;',
  'ada@example.com>\u0020SIZE=1',
  '=?utf-8?q?=0d=0aBcc:_eve@evil.example?=',
  '"\\"" <eve@evil.example>, <ada@example.com>',
  '(eve@evil.example) ada@example.com',
  'ada@example.com\\',
  '"><eve@evil.example',
];
const mail = { to_email: 'ada@example.com', subject: 'Hello', body: 'x' };
let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Sends what can be sent. `true` when it was taken. */
async function attempt(input: Parameters<typeof prepareMail>[0]): Promise<boolean> {
  try {
    const mailer = createMailer(testConfig(server.port));
    await mailer.send(prepareMail(input, { allow: ['example.com'], maxBytes: 10_000 }), {
      idempotencyKey: 'k',
      signal: AbortSignal.timeout(5_000),
    });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof BpmnError || thrown instanceof TerminalError)) throw thrown;
    return false;
  }
}

describe('what would end a header', () => {
  const places: readonly (readonly [string, (text: string) => Parameters<typeof prepareMail>[0]])[] = [
    ['the subject', (text) => ({ ...mail, subject: `Hi${text}` })],
    ['a recipient', (text) => ({ ...mail, to_email: `ada@example.com${text}` })],
    ['the name of a recipient', (text) => ({ ...mail, to_email: `Ada${text} <ada@example.com>` })],
    ['the quoted name of a recipient', (text) => ({ ...mail, cc: [`"Ada${text}" <ada@example.com>`] })],
    ['bcc', (text) => ({ ...mail, bcc: `ada${text}@example.com` })],
    ['the sender', (text) => ({ ...mail, from_email: `Ada${text} <ada@example.com>` })],
    ['reply_to', (text) => ({ ...mail, reply_to: `ada@example.com${text}` })],
    ['a file name', (text) => ({ ...mail, attachments: [{ filename: `a${text}.txt`, content: '' }] })],
    [
      'a content type',
      (text) => ({ ...mail, attachments: [{ filename: 'a', content: '', content_type: `text/plain${text}` }] }),
    ],
  ];

  it.each(places)('is refused in %s', async (_, build) => {
    const before = server.connections();

    for (const text of hostile) expect(await attempt(build(text)), JSON.stringify(text)).toBe(false);

    expect(server.connections()).toBe(before);
  });
});

describe('a hostile text without a line break', () => {
  it.each(quoted)('%j reaches nobody but the one it names', async (text) => {
    server.received.length = 0;

    for (const build of [
      { to_email: text },
      { to_email: `${text} <ada@example.com>` },
      { subject: text },
      { from_email: text },
      { reply_to: text },
    ])
      await attempt({ ...mail, ...build });
    await attempt({ ...mail, attachments: [{ filename: text, content: '' }] });

    expect(server.received.length).toBeGreaterThan(0);
    for (const { to, parsed, raw } of server.received) {
      expect(to).toEqual(['ada@example.com']);
      expect(parsed.bcc).toBeUndefined();
      expect(raw).not.toMatch(/^(Bcc|X-Smuggled):/im);
    }
  });

  it('in the body is text', async () => {
    server.received.length = 0;
    const body = 'a\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nDATA\r\n..\r\n\n.\nBcc: eve@evil.example';

    await attempt({ ...mail, body });

    expect(server.received.map(({ parsed }) => parsed.text?.trim())).toEqual([body.replaceAll(/\r?\n/g, '\n')]);
  });
});
