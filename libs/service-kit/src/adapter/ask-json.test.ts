import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RetryableError, TerminalError } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { askJson } from './ask-json.ts';

async function answering(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
  return { url, [Symbol.asyncDispose]: async () => void server.close(() => server.closeAllConnections()) };
}
const signal = AbortSignal.timeout(10_000);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

describe('a question', () => {
  it('is sent as JSON and answered with JSON', async () => {
    await using server = await answering((request, response) => {
      void request
        .toArray()
        .then((chunks) =>
          response
            .writeHead(201)
            .end(
              JSON.stringify([
                request.method,
                request.headers['content-type'],
                Buffer.concat(chunks as Buffer[]).toString(),
              ]),
            ),
        );
    });

    expect(await askJson(server.url, { body: { ä: 1 }, signal })).toEqual({
      status: 201,
      body: ['POST', 'application/json; charset=utf-8', '{"ä":1}'],
    });
    expect(await askJson(server.url, { method: 'GET', signal })).toEqual({ status: 201, body: ['GET', null, ''] });
  });

  it('whose answer is no JSON gets null', async () => {
    await using server = await answering((_, response) => response.writeHead(400).end('no'));

    expect(await askJson(server.url, { signal })).toEqual({ status: 400, body: null });
  });

  it.each([
    [429, '7', 7_000],
    [503, '100000', 3_600_000],
    [503, new Date(Date.now() - 60_000).toUTCString(), 0],
    [503, '2026', 2_026_000],
    [500, 'soon', undefined],
    [408, '', undefined],
  ])('answered with %s and Retry-After %j may be asked again', async (status, retryAfter, retryAfterMs) => {
    await using server = await answering((_, response) =>
      response.writeHead(status, { 'retry-after': retryAfter }).end(),
    );

    const thrown = await failure(askJson(server.url, { signal }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: `${server.url.origin} answered ${status}`, retryAfterMs });
  });

  it('that nobody answers in time may be asked again', async () => {
    await using server = await answering(() => undefined);

    const thrown = await failure(askJson(server.url, { signal: AbortSignal.timeout(50) }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', `${server.url.origin} did not answer in time`);
  });

  it('to a port where nobody listens may be asked again', async () => {
    const server = await answering(() => undefined);
    await server[Symbol.asyncDispose]();

    const thrown = await failure(askJson(server.url, { signal }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect((thrown as Error).message).toMatch(/cannot be reached: .*ECONNREFUSED/);
  });

  it('whose answer has no end is given up', async () => {
    await using server = await answering((_, response) => response.end(Buffer.alloc(6_000_000, 32)));

    const thrown = await failure(askJson(server.url, { signal }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', `${server.url.origin} answered with more than 5242880 bytes`);
  });
});
