import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMailServer } from '@procos/testing';

/** What stands beside a system and refuses things: a web server, a model provider, a mail server, a Slack. */
export interface TroubledServices extends AsyncDisposable {
  readonly web: string;
  /** Settings that name them. */
  readonly env: Readonly<Record<string, string>>;
}

const refusedMail: Readonly<Record<string, string>> = {
  'nobody@example.com': '550 No such user here',
  'full@example.com': '452 Mailbox full',
};

export async function startTroubledServices(): Promise<TroubledServices> {
  const mails = await startMailServer({ recipient: (address) => refusedMail[address] });
  const [web, model, slack] = await Promise.all([
    startServer(answerWeb),
    startServer(answerQuestion),
    startServer(answerSlack),
  ]);
  const urlOf = (server: Awaited<ReturnType<typeof startServer>>): string =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    web: urlOf(web),
    env: {
      OPENAI_API_KEY: 'test-key-0123456789',
      OPENAI_BASE_URL: `${urlOf(model)}/v1`,
      OLLAMA_URL: 'http://127.0.0.1:9',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(mails.port),
      SMTP_TLS: 'none',
      SMTP_FROM: 'ProcOS <procos@example.com>',
      SLACK_BOT_TOKEN: 'xoxb-canary-token',
      SLACK_API_URL: `${urlOf(slack)}/api`,
      PROCOS_HTTP_ALLOW: '127.0.0.1',
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of [web, model, slack]) {
        server.closeAllConnections();
        server.close();
      }
      await mails[Symbol.asyncDispose]();
    },
  };
}

/** An Ollama that is away until it is started, and then lacks the models that are asked for. */
export interface TroubledOllama extends AsyncDisposable {
  readonly url: string;
  /** From now on it answers. */
  start(): void;
}

/** @param installed names of the models that it has */
export async function installOllama(installed: readonly string[]): Promise<TroubledOllama> {
  let runs = false;
  const server = await startServer(({ url }, response) => {
    if (!runs) return void response.destroy();
    const json = { 'content-type': 'application/json' };
    if (url === '/api/tags')
      return void response
        .writeHead(200, json)
        .end(JSON.stringify({ models: installed.map((name) => ({ name, model: name })) }));
    return void response.writeHead(404, json).end(JSON.stringify({ error: 'model not found' }));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    start: () => void (runs = true),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function startServer(answer: Answer) {
  const server = createServer((request, response) => {
    void request
      .toArray()
      .then((chunks) => answer(request, response, Buffer.concat(chunks as Buffer[]).toString('utf8')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function answerWeb({ url }: IncomingMessage, response: ServerResponse): void {
  // Never answered: whoever asks has to give up.
  if (url === '/slow') return;
  response.writeHead(url === '/503' ? 503 : 200).end('a web server');
}

/** In the words of OpenAI. Anything that is no question to be refused is answered. */
function answerQuestion(_request: IncomingMessage, response: ServerResponse, body: string): void {
  const refuse = (status: number, message: string, code: string): unknown =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' })
      .end(JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } }));
  if (body.includes('wrong-key')) return void refuse(401, 'Incorrect API key provided', 'invalid_api_key');
  if (body.includes('busy')) return void refuse(503, 'The engine is currently overloaded', 'overloaded');
  if (body.includes('no-model')) return void refuse(404, 'The model does not exist', 'model_not_found');
  const chunk = (delta: object, finish_reason: string | null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  response
    .writeHead(200, { 'content-type': 'text/event-stream' })
    .end(`${chunk({ role: 'assistant', content: 'Yes.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`);
}

function answerSlack(_request: IncomingMessage, response: ServerResponse, body: string): void {
  const answer = body.startsWith('{') ? { ok: false, error: 'channel_not_found' } : { ok: true };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
