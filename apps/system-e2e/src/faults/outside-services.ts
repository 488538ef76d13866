import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MailServer, startMailServer } from '@procos/testing';
import { afterAll, beforeAll } from 'vitest';

/** A mail server and a Slack, so that a system has all its adapters. @returns gives the settings that name them, from the first hook on */
export function useOutsideServices(): () => Readonly<Record<string, string>> {
  let mails: MailServer | undefined;
  let slack: Server | undefined;
  beforeAll(async () => {
    mails = await startMailServer();
    slack = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"channel":"C1","ts":"1.2"}');
    });
    slack.listen(0, '127.0.0.1');
    await once(slack, 'listening');
  });
  afterAll(async () => {
    slack?.close();
    await mails?.[Symbol.asyncDispose]();
  });
  return () => ({
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(mails?.port),
    SMTP_TLS: 'none',
    SMTP_FROM: 'ProcOS <procos@example.com>',
    SLACK_BOT_TOKEN: 'xoxb-canary-token',
    SLACK_API_URL: `http://127.0.0.1:${(slack?.address() as AddressInfo).port}/api`,
  });
}
