import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '@procos/config';
import { emailSend, type ServiceRecord } from '@procos/contracts';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { createMailer, smtpFields } from '@procos/mail';
import { createInMemoryServiceDirectory, type ServiceDirectory } from '@procos/service-directory';
import { startMailServer } from '@procos/testing';
import type { OpenFileVariable } from '../files/file-variable.ts';
import { createAddressGuard } from '../http/address-guard.ts';
import { createGuardedAgent } from '../http/guarded-agent.ts';
import { createAdapterCaller } from '../mail/email-adapter.ts';
import { createMailSender } from '../mail/mail-sender.ts';
import { createServiceFinder } from '../services/find-service.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { emailSendTask } from './email-send.ts';

const dispatcher = createGuardedAgent(createAddressGuard({ allow: [], reach: 'network' }));
afterAll(() => dispatcher.destroy());
const mail = { to_email: 'ada@example.com', subject: 'Hello', body: 'Good morning.' };

const openFileVariable: OpenFileVariable = async () => ({
  chunks: [Buffer.from('report')],
  size: 6,
  close: () => undefined,
});

interface Surroundings {
  readonly smtpPort?: number;
  readonly adapters?: readonly string[];
  readonly allow?: readonly string[];
  readonly directory?: ServiceDirectory;
  readonly timeoutMs?: number;
}
function taskWith({ smtpPort, adapters = [], allow = [], directory, timeoutMs }: Surroundings) {
  const records = adapters.map(
    (endpoint, index): ServiceRecord => ({
      service_id: `copy-${index}`,
      service_name: 'email-adapter',
      version: '1',
      endpoint,
      health_check_url: `${endpoint}/livez`,
      tags: [],
      metadata: {},
      last_heartbeat: '2026-01-01T00:00:00Z',
    }),
  );
  const { smtpHost = '', ...smtp } = readConfig(smtpFields(), {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(smtpPort ?? 1),
    SMTP_TLS: 'none',
    SMTP_FROM: 'ProcOS <procos@example.com>',
  });
  const send = createMailSender({
    findService: createServiceFinder(directory ?? createInMemoryServiceDirectory(records)),
    callAdapter: createAdapterCaller({
      dispatcher,
      maxBytes: 10_000,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }),
    mailer: smtpPort === undefined ? undefined : createMailer({ ...smtp, smtpHost }),
  });
  return emailSendTask({ send, policy: { allow, maxBytes: 1_000_000 }, openFileVariable });
}
const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  localServer((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)),
  );

describe('a mail by the mail server of the worker', () => {
  it('is sent with a password of the settings; a process has no place for one (trap T13)', () => {
    const inputs = Object.keys(emailSend.input.properties);

    expect(inputs).toEqual(expect.arrayContaining(['to_email', 'subject', 'body']));
    expect(inputs.filter((name) => /pass|secret|token|user|smtp/i.test(name))).toEqual([]);
    expect(Object.values(smtpFields()).map(({ env }) => env)).toContain('SMTP_PASSWORD');
  });

  it('is sent, and every attempt has the same Message-ID', async () => {
    await using server = await startMailServer();
    const task = taskWith({ smtpPort: server.port });

    const output = await tryTask(task, {
      ...mail,
      cc: 'bob@example.com',
      body_type: 'html',
      attachments: '[{"filename":"a.txt","content":"YQ=="}]',
    });
    await tryTask(task, mail, taskContext({ lease: { ...taskContext().lease, attempt: 2 } }));

    const [first, second] = server.received;
    expect(output).toEqual({
      sent: true,
      to: 'ada@example.com, bob@example.com',
      message_id: first?.parsed.messageId,
      refused: [],
      deferred: [],
    });
    expect(second?.parsed.messageId).toBe(output['message_id']);
    expect(first?.parsed).toMatchObject({
      from: { text: '"ProcOS" <procos@example.com>' },
      html: 'Good morning.',
      attachments: [{ filename: 'a.txt' }],
    });
  });

  it('refused for good is a way of the model, refused for now is tried again', async () => {
    const answers = ['550 5.1.1 no such user', '451 4.3.0 later', undefined];
    await using server = await startMailServer({ recipient: () => answers.shift() });
    const task = taskWith({ smtpPort: server.port });

    const thrown = [await rejection(tryTask(task, mail)), await rejection(tryTask(task, mail))];

    expect(thrown[0]).toBeInstanceOf(BpmnError);
    expect(thrown[0]).toMatchObject({
      code: 'EMAIL_REFUSED',
      variables: { sent: false, refused: [{ email: 'ada@example.com', reason: '550 5.1.1 no such user' }] },
    });
    expect(thrown[1]).toBeInstanceOf(RetryableError);
    expect(await tryTask(task, mail)).toMatchObject({ sent: true });
  });

  it('goes to allowed recipients only', async () => {
    await using server = await startMailServer();
    const task = taskWith({ smtpPort: server.port, allow: ['example.com'] });

    expect(await rejection(tryTask(task, { ...mail, bcc: 'eve@evil.example' }))).toMatchObject({
      code: 'EMAIL_REFUSED',
    });
    expect(server.connections()).toBe(0);
  });
});

describe('a mail by the e-mail adapter', () => {
  const sent = { status: 'sent', message_id: '<1@example.com>', to: 'ada@example.com', refused: [], deferred: [] };

  it('is handed over as it is, with the identity of the task', async () => {
    await using smtp = await startMailServer();
    await using adapter = await answering(200, sent);

    const task = taskWith({ smtpPort: smtp.port, adapters: [`http://127.0.0.1:${adapter.port}`] });
    const output = await tryTask(task, {
      ...mail,
      reply_to: 'x@example.com',
      attachments: [{ filename: 'a.txt', content_variable: 'report' }],
    });

    expect(output).toEqual({
      sent: true,
      to: 'ada@example.com',
      message_id: '<1@example.com>',
      refused: [],
      deferred: [],
    });
    expect(adapter.seen[0]).toMatchObject({
      method: 'POST',
      url: '/call',
      headers: { 'idempotency-key': 'instance-1:activity-1' },
    });
    expect(JSON.parse(adapter.seen[0]?.body ?? '')).toEqual({
      method: 'send_email',
      parameters: {
        ...mail,
        body_type: 'text',
        reply_to: 'x@example.com',
        attachments: [{ filename: 'a.txt', content: 'cmVwb3J0', encoding: 'base64' }],
      },
    });
    expect(smtp.received).toEqual([]);
  });

  it('is checked before it is handed over', async () => {
    await using adapter = await answering(200, sent);

    const thrown = await rejection(
      tryTask(taskWith({ adapters: [`http://127.0.0.1:${adapter.port}`] }), {
        ...mail,
        subject: 'a\r\nBcc: eve@evil.example',
      }),
    );

    expect(thrown).toMatchObject({
      code: 'EMAIL_REFUSED',
      message: 'The mail was refused: the subject holds a line break or another control character.',
    });
    expect(adapter.seen).toEqual([]);
  });

  it('refused by it is a way of the model', async () => {
    const error = {
      code: 'PROCOS_ADAPTER_REFUSED',
      message: 'The mail server refused the mail: 550',
      remedy: 'x',
      data: {},
    };
    const variables = { sent: false, refused: [{ email: 'ada@example.com', reason: '550' }] };
    await using adapter = await answering(422, { error, refusal: { code: 'EMAIL_REFUSED', variables } });

    const thrown = await rejection(tryTask(taskWith({ adapters: [`http://127.0.0.1:${adapter.port}`] }), mail));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'EMAIL_REFUSED', message: error.message, variables });
  });

  it('that is overloaded is tried again, not before it wants it', async () => {
    await using adapter = await answering(503, {}, { 'retry-after': '3' });

    const thrown = await rejection(tryTask(taskWith({ adapters: [`http://127.0.0.1:${adapter.port}`] }), mail));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ retryAfterMs: 3_000 });
  });

  it.each([
    [424, { error: { message: 'the password is wrong' } }, ' answered 424: the password is wrong'],
    [200, { status: 'perhaps' }, ' answered 200'],
    [404, 'no', ' answered 404'],
  ])('that answers %s with %j is an incident', async (status, body, message) => {
    await using adapter = await answering(status, body);

    const thrown = await rejection(tryTask(taskWith({ adapters: [`http://127.0.0.1:${adapter.port}`] }), mail));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', `The e-mail adapter at http://127.0.0.1:${adapter.port}${message}`);
  });

  it('that never answers is tried again after a while', async () => {
    await using adapter = await localServer(() => undefined);

    const thrown = await rejection(
      tryTask(taskWith({ adapters: [`http://127.0.0.1:${adapter.port}`], timeoutMs: 50 }), mail),
    );

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', `http://127.0.0.1:${adapter.port} did not answer in time`);
  });

  it('that lies at a forbidden address is an incident', async () => {
    const thrown = await rejection(tryTask(taskWith({ adapters: ['http://169.254.169.254'] }), mail));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(/^The e-mail adapter may not be asked: /);
  });
});

describe('a directory that is away', () => {
  const directory = {
    ...createInMemoryServiceDirectory([]),
    discover: () => Promise.reject(new Error('directory away')),
  };

  it('stops no mail that the worker can send by itself', async () => {
    await using server = await startMailServer();

    expect(await tryTask(taskWith({ smtpPort: server.port, directory }), mail)).toMatchObject({ sent: true });
  });

  it('is asked again when only it knows a way', async () => {
    const thrown = await rejection(tryTask(taskWith({ directory }), mail));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', 'The service directory cannot be asked: directory away');
  });
});

it('a worker that knows no way to send says what is missing', async () => {
  const thrown = await rejection(tryTask(taskWith({}), mail));

  expect(thrown).toBeInstanceOf(TerminalError);
  expect(thrown).toHaveProperty(
    'message',
    'There is no way to send mail: no service is registered under the name "email-adapter", and SMTP_HOST is not set.',
  );
});
