import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import type { App } from '@procos/service-kit';
import { type MailServer, startMailServer } from '@procos/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { emailAdapterFields } from './config.ts';

let app: App;
let server: MailServer;
let answers: (string | undefined)[];
const mail = { to_email: 'Ada <ada@example.com>', subject: 'Hello', body: 'Good morning.' };

beforeEach(async () => {
  answers = [];
  server = await startMailServer({ recipient: () => answers.shift() });
  const env = {
    PROCOS_EMAIL_ADAPTER_PORT: '0',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(server.port),
    SMTP_TLS: 'none',
    SMTP_FROM: 'procos@example.com',
    PROCOS_MAIL_ALLOW: 'example.com',
  };
  app = createApp(readConfig(emailAdapterFields, env), { logger: silentLogger });
  await app.start();
});
afterEach(async () => {
  await app.stop();
  await server[Symbol.asyncDispose]();
});

async function call(parameters: object, { method = 'send_email', key = 'instance:activity' } = {}) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const response = await fetch(`${app.url()}/call`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ method, parameters }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('send_email', () => {
  it('hands the mail to the mail server, once for one key', async () => {
    const first = await call(mail);
    const again = await call(mail);

    expect(first).toEqual({
      status: 200,
      body: {
        status: 'sent',
        message_id: server.received[0]?.parsed.messageId,
        to: 'ada@example.com',
        refused: [],
        deferred: [],
      },
    });
    expect(again).toEqual(first);
    expect(server.received).toHaveLength(1);
  });

  it('takes files as large as the settings allow', async () => {
    const content = Buffer.alloc(6_000_000, 1).toString('base64');

    expect(await call({ ...mail, attachments: [{ filename: 'ones.bin', content }] })).toMatchObject({ status: 200 });
    expect(server.received[0]?.parsed.attachments[0]?.size).toBe(6_000_000);
  });

  it('451, then taken: the same Message-ID', async () => {
    answers = ['451 4.3.0 later'];

    expect(await call(mail)).toMatchObject({ status: 503, body: { error: { code: 'PROCOS_ADAPTER_UNAVAILABLE' } } });
    expect(await call(mail)).toMatchObject({ status: 200 });
  });

  it.each([
    [
      'by the mail server',
      '550 5.1.1 no such user',
      mail,
      { email: 'ada@example.com', reason: '550 5.1.1 no such user' },
    ],
    [
      'by the list of allowed recipients',
      undefined,
      { ...mail, cc: 'eve@evil.example' },
      { email: 'eve@evil.example', reason: 'is not on the list of allowed recipients' },
    ],
  ])('refused %s says which error a model would catch', async (_, answer, parameters, refused) => {
    answers = [answer];

    expect(await call(parameters)).toMatchObject({
      status: 422,
      body: { refusal: { code: 'EMAIL_REFUSED', variables: { sent: false, refused: [refused] } } },
    });
  });

  it.each([
    [{ subject: 'x', body: 'x' }, 'to_email is required'],
    [{ ...mail, to: 'x' }, 'to is not known here'],
  ])('with %j is wrong', async (parameters, faults) => {
    expect(await call(parameters)).toMatchObject({
      status: 400,
      body: { error: { message: `The call cannot be made: ${faults}.` } },
    });
  });

  it('is the only method', async () => {
    expect(await call({}, { method: 'read_email' })).toMatchObject({
      status: 404,
      body: { error: { message: 'Unknown method: read_email', remedy: 'Call one of: send_email.' } },
    });
  });
});

it('the adapter is healthy while the mail server can be reached', async () => {
  const ask = async () => (await fetch(`${app.url()}/health-check`)).json();
  expect(await ask()).toEqual({ healthy: true });

  await server[Symbol.asyncDispose]();

  expect(await ask()).toEqual({ healthy: false });
});

it('the settings name what is missing', () => {
  expect(() => readConfig(emailAdapterFields, {})).toThrow(/SMTP_HOST is missing/);
});
