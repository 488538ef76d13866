import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { compileCheck, gatewayRoutes, renderFaults, type RouteContract } from '@procos/contracts';
import { toWireError } from '@procos/errors';

export interface ReceivedRequest {
  /** Such as `GET /v1/instances/:id`. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What a route answers: a document, an error to be told in the wire form, or whatever it writes itself. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => unknown;

export interface FakeGateway extends AsyncDisposable {
  readonly url: string;
  /** What was asked, in order. */
  readonly requests: readonly ReceivedRequest[];
}

/** Thrown into a test that asks or answers what the contract does not know. */
class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/**
 * A gateway that answers from a table, `GET /v1/status` → answer. Both sides are held to the contract: a request or an
 * answer that breaks it is answered with status 599, which no test expects.
 */
export async function startFakeGateway(answers: Readonly<Record<string, Answer>>): Promise<FakeGateway> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    void handle(incoming, response, answers, requests);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function handle(
  incoming: IncomingMessage,
  response: ServerResponse,
  answers: Readonly<Record<string, Answer>>,
  requests: ReceivedRequest[],
): Promise<void> {
  try {
    const { contract, request } = await understand(incoming);
    requests.push(request);
    const answer = answers[request.route];
    if (answer === undefined) throw new ContractBroken(`this test does not answer ${request.route}`);
    const body = await answer(request, response);
    if (response.headersSent) return;
    const [[status, reply] = ['200', undefined]] = Object.entries(contract.replies);
    if (reply !== undefined && body !== undefined) hold(`the answer to ${request.route}`, reply.body, body);
    response
      .writeHead(Number(status), { 'content-type': 'application/json; charset=utf-8' })
      .end(body === undefined ? '' : JSON.stringify(body));
  } catch (error) {
    const { status, body } = toWireError(error);
    const broken =
      error instanceof ContractBroken
        ? { error: { code: error.name, message: error.message, remedy: '', data: {} } }
        : undefined;
    response
      .writeHead(broken === undefined ? status : 599, { 'content-type': 'application/json' })
      .end(JSON.stringify(broken ?? body));
  }
}

async function understand(incoming: IncomingMessage): Promise<{ contract: RouteContract; request: ReceivedRequest }> {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://fake');
  const routes: readonly RouteContract[] = Object.values(gatewayRoutes);
  for (const contract of routes) {
    const match = patternOf(contract.path).exec(pathname);
    if (match === null || contract.method.toUpperCase() !== incoming.method) continue;
    const query = Object.fromEntries(searchParams);
    const sent = await text(incoming);
    const body: unknown = sent === '' ? {} : JSON.parse(sent);
    hold(`the query of ${incoming.url}`, contract.query, withNumbers(query));
    hold(`the body of ${incoming.url}`, contract.body, body);
    const request = {
      route: `${incoming.method} ${contract.path}`,
      params: { ...match.groups },
      query,
      headers: incoming.headers,
      body,
    };
    return { contract, request };
  }
  throw new ContractBroken(`the contract has no ${incoming.method} ${pathname}`);
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function withNumbers(query: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value]),
  );
}

function hold(what: string, schema: Parameters<typeof compileCheck>[0], value: unknown): void {
  const checked = compileCheck(schema)(value);
  if (!checked.ok) throw new ContractBroken(`${what} breaks the contract: ${renderFaults(checked.faults)}`);
}
