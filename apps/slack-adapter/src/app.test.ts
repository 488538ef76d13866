import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '@procos/config';
import { silentLogger } from '@procos/logging';
import type { App } from '@procos/service-kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { slackAdapterFields } from './config.ts';

interface SeenRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

let app: App;
let slack: Server;
let seen: SeenRequest[];
let answer: Answer;
const done: Answer = {
  body: JSON.stringify({ ok: true, channel: 'C024BE91L', ts: '1503435956.000247', message: { text: 'canary' } }),
};

beforeEach(async () => {
  [seen, answer] = [[], done];
  slack = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const { url = '', headers } = request;
      seen.push({
        url,
        authorization: headers.authorization,
        body: Buffer.concat(chunks as Buffer[]).toString('utf8'),
      });
      response
        .writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
        .end(answer.body);
    });
  });
  slack.listen(0, '127.0.0.1');
  await once(slack, 'listening');
  const apiUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api`;
  app = createApp(
    readConfig(slackAdapterFields, {
      PROCOS_SLACK_ADAPTER_PORT: '0',
      SLACK_API_URL: apiUrl,
      SLACK_BOT_TOKEN: 'xoxb-canary-token',
    }),
    { logger: silentLogger },
  );
  await app.start();
});
afterEach(async () => {
  await app.stop();
  slack.closeAllConnections();
  slack.close();
});

async function call(parameters: object, method = 'send_message') {
  const response = await fetch(`${app.url()}/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method, parameters }),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  };
}
const message = { channel: '#general', text: 'Hello ☀' };
const plain = { mrkdwn: false, parse: 'none', link_names: false };
const no = (error: string): Answer => ({ body: JSON.stringify({ ok: false, error }) });

describe('send_message', () => {
  it('posts the message, with the token', async () => {
    expect(await call(message)).toMatchObject({
      status: 200,
      body: { ok: true, channel: 'C024BE91L', ts: '1503435956.000247' },
    });
    expect(seen).toEqual([
      {
        url: '/api/chat.postMessage',
        authorization: 'Bearer xoxb-canary-token',
        body: JSON.stringify({ ...message, ...plain }),
      },
    ]);
  });

  it('takes the text by its other name, and answers in a thread', async () => {
    await call({ channel: 'C1', message: 'Hi', thread_ts: '1.2' });

    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ channel: 'C1', text: 'Hi', ...plain, thread_ts: '1.2' });
  });

  it.each([
    ['<!channel> stop', '&lt;!channel&gt; stop'],
    ['<@U012AB3CD> look', '&lt;@U012AB3CD&gt; look'],
    ['<https://evil.example|https://bank.example>', '&lt;https://evil.example|https://bank.example&gt;'],
    ['a &lt;b&gt; & c', 'a &amp;lt;b&amp;gt; &amp; c'],
    ['*bold* ~x~ `y`', '*bold* ~x~ `y`'],
    ['<!subteam^S123|@all> <#C1>', '&lt;!subteam^S123|@all&gt; &lt;#C1&gt;'],
  ])('shows every character of %j as it is, and calls nobody', async (text, sent) => {
    await call({ channel: 'C1', text });

    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ channel: 'C1', text: sent, ...plain });
  });

  it("sends Slack's own marks where they are asked for", async () => {
    await call({ channel: 'C1', text: '<!channel> *now*', format: 'mrkdwn' });

    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ channel: 'C1', text: '<!channel> *now*' });
    expect(await call({ channel: 'C1', text: 'x', format: 'html' })).toMatchObject({ status: 400 });
  });

  it('tells what Slack says when it cannot do it now', async () => {
    answer = { status: 503, body: 'Slack is down for maintenance' };

    expect(await call(message)).toMatchObject({
      status: 503,
      body: { error: { message: expect.stringMatching(/ answered 503: Slack is down for maintenance$/) as string } },
    });
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived', 'msg_too_long', 'something_new'])(
    'that Slack refuses with %s says which error a model would catch',
    async (error) => {
      answer = no(error);

      expect(await call(message)).toMatchObject({
        status: 422,
        body: {
          error: { message: `Slack refused chat.postMessage: ${error}` },
          refusal: { code: 'SLACK_REFUSED', variables: { slack_error: error } },
        },
      });
    },
  );

  it.each(['invalid_auth', 'token_revoked', 'missing_scope'])(
    'with a token of which Slack says %s is a matter of the settings',
    async (error) => {
      answer = no(error);

      const { status, body } = await call(message);

      expect({ status, body }).toMatchObject({
        status: 424,
        body: { error: { message: `Slack does not accept the token for chat.postMessage: ${error}` } },
      });
      expect(JSON.stringify(body)).not.toContain('canary');
    },
  );

  it('waits as long as Slack wants it', async () => {
    answer = { status: 429, headers: { 'retry-after': '30' }, body: no('ratelimited').body };

    expect(await call(message)).toMatchObject({
      status: 503,
      retryAfter: '30',
      body: { error: { code: 'PROCOS_ADAPTER_UNAVAILABLE' } },
    });
  });

  it.each([{ status: 500, body: '' }, { status: 503, body: 'x' }, no('internal_error'), no('fatal_error')])(
    '%j may pass',
    async (given) => {
      answer = given;

      expect((await call(message)).status).toBe(503);
    },
  );

  it.each([{ body: '<html>' }, { body: '[]' }, { status: 404, body: '{}' }])(
    '%j is not what Slack would say',
    async (given) => {
      answer = given;

      expect((await call(message)).status).toBe(424);
    },
  );

  it('follows no redirect: it would take the token elsewhere', async () => {
    answer = { status: 302, headers: { location: '/elsewhere' }, body: '' };

    expect((await call(message)).status).toBe(503);
    expect(seen.map(({ url }) => url)).toEqual(['/api/chat.postMessage']);
  });

  it.each([
    [{ text: 'x' }, 400, 'The call cannot be made: channel is required.'],
    [{ channel: 'C1' }, 422, 'The message has no text.'],
  ])('of %j is wrong', async (parameters, status, message) => {
    expect(await call(parameters)).toMatchObject({ status, body: { error: { message } } });
    expect(seen).toEqual([]);
  });
});

it('another method is not known', async () => {
  expect(await call({}, 'read_message')).toMatchObject({
    status: 404,
    body: { error: { message: 'Unknown method: read_message' } },
  });
});

describe('the health', () => {
  const ask = async () => (await fetch(`${app.url()}/health-check`)).json();

  it('is good when Slack accepts the token', async () => {
    expect(await ask()).toEqual({ healthy: true });
    expect(seen[0]).toMatchObject({ url: '/api/auth.test', authorization: 'Bearer xoxb-canary-token' });
  });

  it.each([no('invalid_auth'), no('account_inactive'), { status: 500, body: '' }, { body: 'x' }])(
    'is bad after %j',
    async (given) => {
      answer = given;

      expect(await ask()).toEqual({ healthy: false });
    },
  );
});
