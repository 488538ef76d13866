import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type MailServer, startMailServer } from '@procos/testing';

/** A mail server and a Slack, so that a system has all its adapters. */
export interface OutsideServices extends AsyncDisposable {
  /** Settings that name them. */
  readonly env: Readonly<Record<string, string>>;
  readonly mails: MailServer;
  /** What was posted to Slack. */
  readonly posted: readonly unknown[];
}

export async function startOutsideServices(): Promise<OutsideServices> {
  const mails = await startMailServer();
  const posted: unknown[] = [];
  const slack = await startSlack((message) => posted.push(message));
  return {
    mails,
    posted,
    env: {
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(mails.port),
      SMTP_TLS: 'none',
      SMTP_FROM: 'ProcOS <procos@example.com>',
      SLACK_BOT_TOKEN: 'xoxb-canary-token',
      SLACK_API_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api`,
    },
    [Symbol.asyncDispose]: async () => {
      slack.close();
      await mails[Symbol.asyncDispose]();
    },
  };
}

async function startSlack(onPosted: (message: unknown) => void): Promise<Server> {
  const slack = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const text = Buffer.concat(chunks as Buffer[]).toString('utf8');
      // What asks who it is posts nothing.
      if (text.startsWith('{')) onPosted(JSON.parse(text));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"channel":"C1","ts":"1.2"}');
    });
  });
  slack.listen(0, '127.0.0.1');
  await once(slack, 'listening');
  return slack;
}
