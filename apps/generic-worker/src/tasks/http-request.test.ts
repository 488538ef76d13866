import { afterAll, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import { RetryableError, TerminalError } from '@procos/errors';
import { parseSecrets } from '../http/secret-references.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { httpRequestTask } from './http-request.ts';

// What may be asked is tested beside the guarded agent; here only how.
const dispatcher = new Agent();
afterAll(() => dispatcher.destroy());
const secrets = parseSecrets(
  '{"API_KEY":{"host":"127.0.0.1","value":"canary-0815-secret"},"OTHER":{"host":"api.example.com","value":"another-secret-1"}}',
);
const run = (input: Record<string, unknown>, context = taskContext()) =>
  tryTask(httpRequestTask({ dispatcher, secrets, maxBytes: 10_000 }), input, context);
const ok = () =>
  localServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}'));

describe('a request', () => {
  it('gives status, headers, text and JSON', async () => {
    await using server = await localServer((_, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/problem+json; charset=utf-8',
          'set-cookie': 'session=1',
          'X-Kind': ['a', 'b'],
        })
        .end('{"ä":[1]}');
    });

    const output = await run({ url: `http://127.0.0.1:${server.port}/x` });

    expect(output).toMatchObject({
      status_code: 200,
      text: '{"ä":[1]}',
      json: { ä: [1] },
      success: true,
      headers: { 'x-kind': 'a,b' },
    });
    expect(output['headers']).not.toHaveProperty('set-cookie');
  });

  it('adds params to the query and takes headers as JSON text', async () => {
    await using server = await ok();

    await run({
      url: `http://127.0.0.1:${server.port}/x?a=1#frag`,
      params: { b: 'ü&', list: [1, true], none: null },
      headers: '{"X-Tag": 7}',
    });

    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      url: '/x?a=1&b=%C3%BC%26&list=1&list=true',
      headers: { 'x-tag': '7', 'user-agent': 'ProcOS' },
    });
  });

  it.each([
    ['an object as JSON', { data: { a: [1] } }, 'application/json', '{"a":[1]}'],
    ['text as it is', { data: 'plain ü' }, 'text/plain; charset=utf-8', 'plain ü'],
    [
      'text of a given type',
      { data: '<a/>', headers: { 'Content-Type': 'application/xml' } },
      'application/xml',
      '<a/>',
    ],
    [
      'a form',
      { data: { a: 'x y', b: [1, 2] }, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'application/x-www-form-urlencoded',
      'a=x+y&b=1&b=2',
    ],
  ])('sends %s', async (_, input, contentType, body) => {
    await using server = await ok();

    await run({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, ...input });

    expect(server.seen[0]).toMatchObject({ method: 'POST', body, headers: { 'content-type': contentType } });
  });

  it('carries the same idempotency key with every attempt, unless it changes nothing', async () => {
    await using server = await ok();
    const url = `http://127.0.0.1:${server.port}/`;

    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS']) await run({ method, url });
    await run({ method: 'POST', url, headers: { 'idempotency-key': 'my own' } });

    const key = 'instance-1:activity-1';
    expect(server.seen.map((request) => request.headers['idempotency-key'])).toEqual([
      key,
      key,
      key,
      key,
      undefined,
      undefined,
      undefined,
      'my own',
    ]);
    expect(server.seen[0]?.headers['traceparent']).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  });

  it('that the server refuses is a result', async () => {
    await using server = await localServer((_, response) => response.writeHead(404).end('no such thing'));

    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({
      status_code: 404,
      success: false,
      text: 'no such thing',
      json: null,
    });
  });

  it.each([
    ['a header that belongs to the worker', { headers: { Host: 'x' } }, 'The header host is set by the worker itself.'],
    [
      'a header with a line break',
      { headers: { 'x-a': 'canary\r\nx-b: 1' } },
      'The value of the header x-a cannot be sent.',
    ],
    ['a header name with a blank', { headers: { 'x a': '1' } }, '"x a" is no name of a header.'],
    ['headers that are no object', { headers: '[1]' }, 'The parameter headers must be an object.'],
    ['params of objects', { params: { a: {} } }, 'The query parameter a is no text, number or truth value.'],
    ['data with GET', { data: 'x' }, 'GET takes no data; put it into params or use another method.'],
    [
      'a secret nobody knows',
      { headers: { a: 'secret://NONE' } },
      'The secret NONE is not known to this worker; PROCOS_SECRETS names those that are.',
    ],
    [
      'the secret of another host',
      { headers: { a: 'Bearer secret://OTHER' } },
      'The secret OTHER may not be sent to 127.0.0.1.',
    ],
  ])('with %s is refused before it is sent', async (_, input, message) => {
    await using server = await ok();

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/`, ...input }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', message);
    expect(server.seen).toEqual([]);
  });
});

it.each([
  ['text', 'ü'.repeat(501)],
  ['JSON', { a: 'x'.repeat(1_000) }],
])('a request that would carry too much is refused before it is sent (%s)', async (_, data) => {
  await using server = await ok();

  const thrown = await rejection(
    tryTask(httpRequestTask({ dispatcher, secrets, maxBytes: 10_000, maxRequestBytes: 1_000 }), {
      method: 'POST',
      url: `http://127.0.0.1:${server.port}/`,
      data,
    }),
  );

  expect(thrown).toBeInstanceOf(TerminalError);
  expect(thrown).toHaveProperty('message', 'The data of the request are larger than 1000 bytes');
  expect(server.seen).toEqual([]);
});

describe('a secret', () => {
  it('is sent to its host and never comes back', async () => {
    await using server = await localServer((request, response) => {
      const { authorization } = request.headers;
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-echo': String(authorization) })
        .end(JSON.stringify({ authorization, token: 'kept' }));
    });

    const output = await run({
      url: `http://127.0.0.1:${server.port}/`,
      headers: { authorization: 'Bearer secret://API_KEY' },
    });

    expect(server.seen[0]?.headers.authorization).toBe('Bearer canary-0815-secret');
    expect(JSON.stringify(output)).not.toContain('canary-0815-secret');
    expect(output['json']).toEqual({ authorization: 'Bearer [redacted]', token: 'kept' });
  });

  it.each([
    ['with escaped slashes', String.raw`{"a":"canary\/4711\/\"secret"}`, 'application/json'],
    ['with escaped letters', String.raw`{"a":"canary/\u0034711/\"secret"}`, 'application/json'],
    ['as a name', String.raw`{"a":[{"canary/4711/\"secret":1}]}`, 'application/json'],
    ['as JSON that is not called so', String.raw`{"a":"canary\/4711\/\"secret"}`, 'text/plain'],
    ['in a URL', `https://x.example/?key=${encodeURIComponent('canary/4711/"secret')}`, 'text/plain'],
  ])('never comes back %s', async (_, echo, contentType) => {
    const slashes = parseSecrets(JSON.stringify({ SLASHES: { host: '127.0.0.1', value: 'canary/4711/"secret' } }));
    await using server = await localServer((__, response) =>
      response.writeHead(200, { 'content-type': contentType }).end(echo),
    );
    const ask = (response_type: string) =>
      tryTask(httpRequestTask({ dispatcher, secrets: slashes, maxBytes: 10_000 }), {
        url: `http://127.0.0.1:${server.port}/`,
        headers: { 'x-key': 'secret://SLASHES' },
        response_type,
      });

    const [{ text, json }, { body_base64 }] = [await ask('text'), await ask('base64')];

    expect(server.seen[0]?.headers['x-key']).toBe('canary/4711/"secret');
    expect(JSON.stringify([json, text, Buffer.from(String(body_base64), 'base64').toString('utf8')])).not.toMatch(
      /canary|4711/,
    );
    expect(String(text)).toContain('[redacted]');
  });
});

describe('what may pass', () => {
  it.each([
    [503, { 'retry-after': '7' }, 7_000],
    [429, { 'retry-after': '100000' }, 3_600_000],
    [500, {}, undefined],
    [408, { 'retry-after': 'soon' }, undefined],
  ])('status %s with %j is tried again', async (status, headers, retryAfterMs) => {
    await using server = await localServer((_, response) => response.writeHead(status, headers).end('x'));

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/` }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: `http://127.0.0.1:${server.port} answered ${status}`, retryAfterMs });
  });

  it('is a server that does not answer in time', async () => {
    await using server = await localServer(() => undefined);

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/`, timeout: 0.05 }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toHaveProperty('message', `http://127.0.0.1:${server.port} did not answer in time`);
  });

  it('is an answer that is cut off', async () => {
    await using server = await localServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });

    expect(await rejection(run({ url: `http://127.0.0.1:${server.port}/` }))).toBeInstanceOf(RetryableError);
  });

  it('is a port where nobody listens', async () => {
    const server = await ok();
    await server[Symbol.asyncDispose]();

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/` }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect((thrown as Error).message).toMatch(/cannot be reached: .*ECONNREFUSED/);
  });

  it('ends when the lease is lost', async () => {
    await using server = await localServer(() => undefined);
    const controller = new AbortController();
    const context = taskContext();
    setTimeout(() => controller.abort(new Error('lost')), 30);

    const work = run(
      { url: `http://127.0.0.1:${server.port}/` },
      { ...context, lease: { ...context.lease, signal: controller.signal } },
    );

    expect(await rejection(work)).toBeInstanceOf(RetryableError);
  });
});
