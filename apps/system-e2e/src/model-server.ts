import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ModelServer {
  /** Environment that makes a system ask this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Questions asked so far. */
  readonly asked: readonly string[];
  /** Answers the slow questions that wait, and later ones at once. */
  release(): void;
  /** Lets slow questions wait again. */
  hold(): void;
  close(): Promise<void>;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

/** A local server that speaks OpenAI's chat completions as a stream. A question that starts with "slow" waits for `release`. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: string[] = [];
  let released = Promise.withResolvers<void>();
  const release = () => released.resolve();
  const hold = () => {
    released = Promise.withResolvers();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { model, messages } = JSON.parse(body) as ChatRequest;
    const question = messages.at(-1)?.content ?? '';
    asked.push(question);
    if (question.startsWith('slow')) await Promise.race([released.promise, delay(120_000, undefined, { ref: false })]);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = (choices: readonly object[], more: object = {}) =>
      response.write(
        `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model, choices, ...more })}\n\n`,
      );
    chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
    chunk([{ index: 0, delta: { content: `Answer to: ${question}` }, finish_reason: null }]);
    chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]);
    chunk([], { usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } });
    response.end('data: [DONE]\n\n');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      OPENAI_API_KEY: 'test-key-0123456789',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OLLAMA_URL: 'http://127.0.0.1:9',
    },
    asked,
    release,
    hold,
    close: async () => {
      release();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
