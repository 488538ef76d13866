import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { BpmnError, RetryableError } from '@procos/errors';
import { caseFile, startMailServer } from '@procos/testing';
import { describe, expect, it } from 'vitest';
import { createMailer } from './mailer.ts';
import { prepareMail } from './prepare-mail.ts';
import { testConfig } from './testing/test-config.ts';

type Input = Parameters<typeof prepareMail>[0];
const mailTo = (to_email: Input['to_email'], more: Partial<Input> = {}) =>
  prepareMail({ to_email, subject: 'Hello', body: 'Good morning.', ...more }, { allow: [], maxBytes: 1_000_000 });

/** A mail server that plays one part, and keeps what it is told. */
async function playing(rcpt: (address: string) => string, { utf8 = false } = {}) {
  const lines: string[] = [];
  const server = createServer((socket) => {
    let isData = false;
    socket.on('error', () => socket.destroy());
    socket.write('220 test ESMTP\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        if (isData) {
          if (line !== '.') continue;
          isData = false;
          socket.write('250 2.0.0 taken\r\n');
          continue;
        }
        lines.push(line);
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO')
          socket.write(`250-test\r\n250-8BITMIME\r\n${utf8 ? '250-SMTPUTF8\r\n' : ''}250 SIZE 10485760\r\n`);
        else if (verb === 'RCPT') socket.write(`${rcpt(/<(.*)>/.exec(line)?.[1] ?? '')}\r\n`);
        else if (verb === 'DATA') {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 2.0.0 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const received = (verb: string) => lines.filter((line) => line.startsWith(verb));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

async function send(
  port: number,
  mail: ReturnType<typeof mailTo>,
  { signal = AbortSignal.timeout(20_000), laterMs = [1, 1, 1] as readonly number[] } = {},
) {
  return await createMailer(testConfig(port), { laterMs }).send(mail, { idempotencyKey: 'k', signal });
}

describe('recipients as people write them', () => {
  const cases = JSON.parse(caseFile('mail', 'recipients.json').toString()) as readonly {
    readonly id: string;
    readonly to: string | string[];
  }[];
  const given = (id: string) => cases.find((one) => one.id === id)?.to ?? '';

  it.each([
    ['to-2', ['jane@example.com', 'bob@example.com']],
    ['to-4', ['jane@example.com', 'bob@example.com']],
    ['to-5', ['müller@xn--exmple-cua.com']],
    ['to-8', ['jane@example.com', 'JANE@example.com']],
  ])('%s are these', (id, addresses) => {
    for (let attempt = 0; attempt < 3; attempt++)
      expect(mailTo(given(id)).to.map(({ address }) => address)).toEqual(addresses);
  });

  it.each([
    ['to-1', /"Doe" is no address: a name with a comma must stand in quotes, as in "Doe, Jane" <jane@example\.com>/],
    ['to-3', /holds a semicolon: several addresses are separated by commas/],
    ['to-6', /quoted local parts are not supported/],
    ['to-7', /comments are not supported/],
  ])('%s is refused in words that help, and nobody gets a mail', (id, reason) => {
    expect(() => mailTo(given(id))).toThrow(BpmnError);
    expect(() => mailTo(given(id))).toThrow(reason);
  });
});

describe('a server that has no letters beyond ASCII', () => {
  it.each([
    ['müller@exämple.com', {}],
    ['ada@example.com', { cc: 'jürgen@example.com' }],
    ['ada@example.com', { from_email: 'jürgen@example.com' }],
  ])('is told no recipient of a mail that needs them: %s %j', async (to, more) => {
    await using server = await playing(() => '250 ok');
    const thrown = await send(server.port, mailTo(to, more)).catch((error: unknown) => error);

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'EMAIL_REFUSED',
      message: expect.stringMatching(
        /has letters beyond ASCII before the @, which the mail server 127\.0\.0\.1:\d+ does not take \(no SMTPUTF8\): write an address of ASCII letters/,
      ) as string,
    });
    expect([...server.received('MAIL'), ...server.received('RCPT')]).toEqual([]);
  });

  it('takes a domain of any letters, and so does a server that has them all', async () => {
    await using plain = await playing(() => '250 ok');
    await using able = await playing(() => '250 ok', { utf8: true });

    expect(await send(plain.port, mailTo('ada@exämple.com'))).toMatchObject({ accepted: ['ada@xn--exmple-cua.com'] });
    expect(await send(able.port, mailTo('müller@example.com'))).toMatchObject({ accepted: ['müller@example.com'] });
    expect(able.received('MAIL')[0]).toContain('SMTPUTF8');
  });
});

describe('a server that wants one of two recipients later', () => {
  it('gets that one again, and the other once', async () => {
    const tries = new Map<string, number>();
    await using server = await startMailServer({
      recipient: (address) => {
        tries.set(address, (tries.get(address) ?? 0) + 1);
        return address.startsWith('grey') && tries.get(address) === 1
          ? '450 4.2.0 greylisted, try again in a minute'
          : undefined;
      },
    });

    const sent = await send(server.port, mailTo('ada@example.com, grey@example.com'));

    expect(sent).toMatchObject({ accepted: ['ada@example.com', 'grey@example.com'], refused: [], deferred: [] });
    expect(server.received.map(({ to }) => to)).toEqual([['ada@example.com'], ['grey@example.com']]);
    expect(new Set(server.received.map(({ parsed }) => parsed.messageId)).size).toBe(1);
  });

  it('and keeps to it is told apart from one that says never', async () => {
    await using server = await startMailServer({
      recipient: (address) =>
        ({ full: '452 4.2.2 mailbox is full', gone: '550 5.1.1 no such user' })[address.split('@')[0] ?? ''],
    });

    const sent = await send(server.port, mailTo('ada@example.com', { cc: ['full@example.com', 'gone@example.com'] }));

    expect(sent).toMatchObject({
      accepted: ['ada@example.com'],
      refused: [{ email: 'gone@example.com', reason: '550 5.1.1 no such user' }],
      deferred: [{ email: 'full@example.com', reason: '452 4.2.2 mailbox is full' }],
    });
    expect(server.received).toHaveLength(1);
  });

  it('and says never the next time is told so', async () => {
    let tries = 0;
    await using server = await startMailServer({
      recipient: (address) =>
        address.startsWith('x') ? (tries++ === 0 ? '451 4.3.0 later' : '550 5.1.1 gone') : undefined,
    });

    expect(await send(server.port, mailTo('ada@example.com, x@example.com'))).toMatchObject({
      refused: [{ email: 'x@example.com', reason: '550 5.1.1 gone' }],
      deferred: [],
    });
  });

  it('and goes away meanwhile loses nobody, and the mail is not sent again to the other', async () => {
    let connections = 0;
    await using server = await startMailServer({
      connect: () => (connections++ === 0 ? undefined : '421 4.3.2 too busy'),
      recipient: (address) => (address.startsWith('grey') ? '450 4.2.0 greylisted' : undefined),
    });

    const sent = await send(server.port, mailTo('ada@example.com, grey@example.com'));

    expect(sent).toMatchObject({
      accepted: ['ada@example.com'],
      deferred: [
        { email: 'grey@example.com', reason: expect.stringMatching(/^450 4\.2\.0 greylisted; then: /) as string },
      ],
    });
    expect(server.received).toHaveLength(1);
  });

  it('while the time of the task ends loses nobody either', async () => {
    await using server = await startMailServer({
      recipient: (address) => (address.startsWith('grey') ? '450 4.2.0 greylisted' : undefined),
    });
    const time = new AbortController();
    const sending = send(server.port, mailTo('ada@example.com, grey@example.com'), {
      signal: time.signal,
      laterMs: [60_000],
    });
    setTimeout(() => time.abort(), 300);

    expect(await sending).toMatchObject({ accepted: ['ada@example.com'], deferred: [{ email: 'grey@example.com' }] });
  });

  it('or all of them is asked again as a whole', async () => {
    await using server = await startMailServer({ recipient: () => '450 4.2.0 greylisted' });

    expect(
      await send(server.port, mailTo('ada@example.com, bob@example.com')).catch((error: unknown) => error),
    ).toBeInstanceOf(RetryableError);
  });
});

describe('the name of a file that goes along', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\report.pdf', 'report.pdf'],
    ['/srv/a/b.txt', 'b.txt'],
    ['report.pdf', 'report.pdf'],
    ['C:report.pdf', 'report.pdf'],
    ['.env', '.env'],
    ['a..b', 'a..b'],
    ['ä/ö 😀.txt', 'ö 😀.txt'],
  ])('%s is %s', (filename, name) => {
    expect(mailTo('ada@example.com', { attachments: [{ filename, content: '' }] }).attachments).toMatchObject([
      { filename: name },
    ]);
  });

  it.each(['..', '../..', 'a/', '/', 'C:\\', 'x/.'])('%s is none', (filename) => {
    expect(() => mailTo('ada@example.com', { attachments: [{ filename, content: '' }] })).toThrow(
      /the file name of attachment 1 is the name of a folder/,
    );
  });
});
