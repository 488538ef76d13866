import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { Secret } from '@procos/config';
import { type MailServerOptions, selfSignedCertificate, startMailServer } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import type { SmtpConfig } from './mail-fields.ts';
import { createMailer } from './mailer.ts';
import { prepareMail } from './prepare-mail.ts';
import { testConfig, testUser, withTestUser } from './testing/test-config.ts';

const certificate = selfSignedCertificate();
const basic = { to_email: 'Ada <ada@example.com>', subject: 'Hello', body: 'Good morning.' };
type Input = Partial<Parameters<typeof prepareMail>[0]>;
interface Scene {
  readonly input?: Input;
  readonly config?: Partial<SmtpConfig>;
  readonly ca?: string;
  readonly signal?: AbortSignal;
  readonly key?: string;
}
function send(
  port: number,
  { input = {}, config = {}, ca, signal = AbortSignal.timeout(10_000), key = 'instance:activity' }: Scene = {},
) {
  const mail = prepareMail({ ...basic, ...input }, { allow: [], maxBytes: 1_000_000 });
  return createMailer(testConfig(port, config), { ca, laterMs: [1] }).send(mail, { idempotencyKey: key, signal });
}
async function failure(server: MailServerOptions, scene: Scene = {}): Promise<unknown> {
  await using running = await startMailServer(server);
  return await send(running.port, scene).catch((thrown: unknown) => thrown);
}

describe('a mail that is sent', () => {
  it('arrives with its text, HTML, files and every recipient', async () => {
    await using server = await startMailServer();
    const input: Input = {
      to_email: '"Lovelace, Ada" <ada@example.com>, Jürgen <j@bücher.example>',
      cc: ['carl@example.com'],
      bcc: 'secret@example.com',
      reply_to: 'desk@example.com',
      subject: 'Grüße ☀',
      body: 'ä'.repeat(2_000),
      body_html: '<p>ä</p>',
      attachments: [{ filename: 'Übersicht.csv', content: 'YSxi', content_type: 'text/csv' }],
    };

    const sent = await send(server.port, { input });

    const [mail] = server.received;
    expect(sent).toMatchObject({
      accepted: ['ada@example.com', 'j@xn--bcher-kva.example', 'carl@example.com', 'secret@example.com'],
      refused: [],
    });
    // The server shows the ASCII form of a domain as it is read.
    expect(mail?.to).toEqual(['ada@example.com', 'j@bücher.example', 'carl@example.com', 'secret@example.com']);
    expect(mail?.from).toBe('procos@example.com');
    expect(mail?.raw).not.toContain('secret@example.com');
    expect(mail?.parsed).toMatchObject({
      subject: 'Grüße ☀',
      messageId: sent.messageId,
      html: '<p>ä</p>',
      replyTo: { text: 'desk@example.com' },
    });
    expect(mail?.parsed.text?.trim()).toBe('ä'.repeat(2_000));
    expect(mail?.parsed.to).toMatchObject({
      value: [
        { name: 'Lovelace, Ada', address: 'ada@example.com' },
        { name: 'Jürgen', address: expect.stringMatching(/^j@/) as string },
      ],
    });
    expect(mail?.parsed.attachments).toMatchObject([
      { filename: 'Übersicht.csv', contentType: 'text/csv', content: Buffer.from('a,b') },
    ]);
    expect(mail?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it('has the same Message-ID for every attempt at one task, and another for another task', async () => {
    await using server = await startMailServer();

    const ids = [
      (await send(server.port)).messageId,
      (await send(server.port)).messageId,
      (await send(server.port, { key: 'other' })).messageId,
    ];

    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect([ids[1], ids[2] === ids[0]]).toEqual([ids[0], false]);
    expect(server.received.map(({ parsed }) => parsed.messageId)).toEqual(ids);
  });

  it('keeps a local part beyond ASCII', async () => {
    await using server = await startMailServer();

    await send(server.port, { input: { to_email: 'jürgen@example.com' } });

    expect(server.received[0]?.to).toEqual(['jürgen@example.com']);
  });

  it('tells the recipients that the server did not take', async () => {
    await using server = await startMailServer({
      recipient: (address) => (address.startsWith('gone') ? '550 5.1.1 no such user' : undefined),
    });

    const sent = await send(server.port, { input: { cc: 'gone@example.com' } });

    expect(sent).toMatchObject({
      accepted: ['ada@example.com'],
      refused: [{ email: 'gone@example.com', reason: '550 5.1.1 no such user' }],
    });
  });

  it('451, then taken: one mail', async () => {
    let answers = 0;
    await using server = await startMailServer({
      message: () => (answers++ === 0 ? '451 4.3.0 try again' : undefined),
    });

    const first = await send(server.port).catch((thrown: unknown) => thrown);
    await send(server.port);

    expect(first).toBeInstanceOf(RetryableError);
    expect(first).toHaveProperty(
      'message',
      `The mail server 127.0.0.1:${server.port} did not take the mail: 451 4.3.0 try again`,
    );
    expect(server.received).toHaveLength(1);
  });
});

describe('the connection', () => {
  it.each(['starttls', 'implicit'] as const)('is encrypted by %s, and the user is told only then', async (mode) => {
    await using server = await startMailServer({ tls: { mode, ...certificate }, user: testUser });

    await send(server.port, { config: { smtpTls: mode, ...withTestUser }, ca: certificate.cert });

    expect(server.received).toMatchObject([{ secure: true, user: 'worker' }]);
  });

  it.each([
    [
      'a certificate that is not trusted',
      { tls: { mode: 'starttls', ...certificate } },
      { smtpTls: 'starttls' },
      /^The certificate of the mail server .* is not trusted: /,
    ],
    ['no TLS where it is asked for', {}, { smtpTls: 'starttls' }, /does not accept this sender's set-up: /],
    [
      'a wrong password',
      { user: testUser },
      { smtpUser: 'worker', smtpPassword: new Secret('canary-wrong') },
      /does not accept this sender's set-up: 535 /,
    ],
    ['no user where one is needed', { user: testUser }, {}, /does not accept this sender's set-up: 530 /],
    [
      'a server that takes no mail at all',
      { connect: () => '554 no mail here' },
      {},
      /does not accept this sender's set-up: 554 /,
    ],
  ] as const)('with %s is an incident', async (_, server, config, message) => {
    const thrown = await failure(server, { config });

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(message);
    expect(JSON.stringify(thrown)).not.toContain('canary');
  });

  it('sends no password over a network without TLS', async () => {
    // Node takes 127.1.0.1 for this machine too, but it is not the name of loopback that is let through.
    await using server = await startMailServer({ user: testUser });
    const thrown = await send(server.port, { config: { ...withTestUser, smtpHost: '127.1' } }).catch(
      (error: unknown) => error,
    );

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty(
      'message',
      'The password of the mail server is not sent without TLS: set SMTP_TLS to starttls or implicit.',
    );
  });

  it('without a sender is an incident', async () => {
    const thrown = await failure({}, { config: { smtpFrom: undefined } });

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', 'The mail has no sender: give from_email, or set SMTP_FROM.');
  });
});

describe('a server that says no', () => {
  it.each([
    [
      'to the recipient',
      { recipient: () => '550 5.1.1 no such user' },
      { email: 'ada@example.com', reason: '550 5.1.1 no such user' },
    ],
    ['to the sender', { sender: () => '553 5.7.1 not you' }, { email: '', reason: '553 5.7.1 not you' }],
    ['to the mail', { message: () => '554 5.6.0 spam' }, { email: '', reason: '554 5.6.0 spam' }],
    [
      'to the size',
      { maxBytes: 100 },
      { email: '', reason: expect.stringContaining('takes no mail of that size') as string },
    ],
  ] as const)('%s is a way of the model', async (_, server, refused) => {
    const thrown = await failure(server);

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'EMAIL_REFUSED', variables: { sent: false, refused: [refused] } });
  });

  it.each([
    ['to the recipient', { recipient: () => '450 4.2.1 grey' }],
    [
      'to one of two recipients, for good to the other',
      { recipient: (address: string) => (address.startsWith('ada') ? '550 no' : '451 4.7.1 later') },
    ],
    ['to the sender', { sender: () => '451 4.3.0 later' }],
    ['at the door', { connect: () => '421 4.3.2 too busy' }],
  ])('for now, %s, is asked again', async (_, server) => {
    expect(await failure(server, { input: { cc: 'bob@example.com' } })).toBeInstanceOf(RetryableError);
  });
});

describe('a server that does not answer', () => {
  async function silentServer() {
    const server = createServer((socket) => socket.on('error', () => socket.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
  }

  it('is asked again, after its time', async () => {
    await using server = await silentServer();
    const thrown = await send(server.port, { config: { smtpTimeoutMs: 100 } }).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect((thrown as Error).message).toMatch(/did not take the mail: (Greeting never received|Timeout)/);
  });

  it('is left at once when the lease is lost', async () => {
    await using server = await silentServer();
    const lost = new AbortController();
    const started = performance.now();
    setTimeout(() => lost.abort(), 50);

    const thrown = await send(server.port, { signal: lost.signal }).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', 'Sending the mail was given up before the mail server had taken it');
    expect(performance.now() - started).toBeLessThan(1_900);
  });

  it('because nobody listens, is asked again', async () => {
    const server = await startMailServer();
    await server[Symbol.asyncDispose]();

    const thrown = await send(server.port).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect((thrown as Error).message).toMatch(/did not take the mail: .*ECONNREFUSED/);
  });
});
