import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { httpRequestTask } from '../tasks/http-request.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, tryTask } from '../testing/try-task.ts';
import { parseSecrets } from './secret-references.ts';

// Which addresses may be asked is tested beside the guarded agent.
const dispatcher = new Agent();
afterAll(() => dispatcher.destroy());
const secrets = parseSecrets('{"API_KEY":{"host":"127.0.0.1","value":"canary-0815-secret"}}');
const run = (input: Record<string, unknown>) =>
  tryTask(httpRequestTask({ dispatcher, secrets, maxBytes: 10_000 }), input);
const ok = () => localServer((_, response) => response.end('{"a":1}'));

const compressions = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync } as const;

describe('an answer', () => {
  const huge: [string, string | Buffer, Record<string, string>][] = [
    ['as it is', 'x'.repeat(10_001), {}],
    ...Object.entries(compressions).map(([encoding, compress]): [string, Buffer, Record<string, string>] => [
      `by decompression (${encoding})`,
      compress('x'.repeat(10_000_000)),
      { 'content-encoding': encoding },
    ]),
  ];
  it.each(huge)('that is too large %s is refused', async (_, body, headers) => {
    await using server = await localServer((__, response) => response.writeHead(200, headers).end(body));

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/` }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', 'The answer is larger than 10000 bytes');
  });

  it.each(Object.entries(compressions))('is decompressed (%s) and decoded', async (encoding, compress) => {
    await using server = await localServer((_, response) => {
      response
        .writeHead(200, { 'content-encoding': encoding, 'content-type': 'text/plain; charset=iso-8859-1' })
        .end(compress(Buffer.from('grüß', 'latin1')));
    });

    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({ text: 'grüß', body_base64: null });
    expect(server.seen[0]?.headers['accept-encoding']).toContain(encoding);
  });

  it('is decompressed (deflate) also without the frame that many servers leave out', async () => {
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateRawSync('raw')),
    );

    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({ text: 'raw', success: true });
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'x-unknown'])(
    'that has no body needs no decompression (%s)',
    async (encoding) => {
      await using server = await localServer(({ url }, response) =>
        response
          .writeHead(url === '/204' ? 204 : 200, {
            'content-encoding': encoding,
            ...(url === '/204' ? {} : { 'content-length': '0' }),
          })
          .end(),
      );

      for (const path of ['204', 'empty'])
        expect(await run({ url: `http://127.0.0.1:${server.port}/${path}` })).toMatchObject({
          text: '',
          success: true,
        });
    },
  );

  it('that ends before its compressed body is whole may pass', async () => {
    const half = gzipSync('x'.repeat(5_000)).subarray(0, 20);
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(half),
    );

    expect(await rejection(run({ url: `http://127.0.0.1:${server.port}/` }))).toBeInstanceOf(RetryableError);
  });

  it('of any bytes is given as base64', async () => {
    const bytes = Buffer.from([0, 255, 128, 13, 10]);
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(gzipSync(bytes)),
    );

    expect(await run({ url: `http://127.0.0.1:${server.port}/`, response_type: 'base64' })).toMatchObject({
      text: '',
      json: null,
      body_base64: bytes.toString('base64'),
      success: true,
    });
  });

  it('to HEAD has headers and no body', async () => {
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '77' }).end(),
    );

    expect(await run({ method: 'HEAD', url: `http://127.0.0.1:${server.port}/` })).toMatchObject({
      text: '',
      headers: { 'content-length': '77' },
      success: true,
    });
  });

  it('compressed in a way that was not asked for is refused', async () => {
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, compress' }).end('x'),
    );

    expect(await rejection(run({ url: `http://127.0.0.1:${server.port}/` }))).toHaveProperty(
      'message',
      `The answer of http://127.0.0.1:${server.port} is compressed in a way that was not asked for: compress`,
    );
  });

  it('compressed several times is decompressed as often, and no further than the limit', async () => {
    const bombs = gzipSync(gzipSync('x'.repeat(10_000_000)));
    await using server = await localServer(({ url }, response) =>
      response
        .writeHead(200, { 'content-encoding': 'br , x-gzip' })
        .end(url === '/' ? gzipSync(brotliCompressSync('grüß')) : bombs),
    );

    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({ text: 'grüß' });
    await using other = await localServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bombs),
    );
    expect(await rejection(run({ url: `http://127.0.0.1:${other.port}/` }))).toHaveProperty(
      'message',
      'The answer is larger than 10000 bytes',
    );
  });

  it.each(['{"a":', '['.repeat(5_000) + ']'.repeat(5_000)])('that is no usable JSON has none', async (text) => {
    await using server = await localServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(text),
    );

    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({ json: null, text, success: true });
  });
});

describe('a redirect', () => {
  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'PUT', 'PUT', '{"a":1}'],
  ])('%s of %s becomes %s', async (status, method, expected, body) => {
    await using server = await localServer((request, response) => {
      if (request.url === '/to') response.end('arrived');
      else response.writeHead(status, { location: '/to' }).end();
    });

    expect(await run({ method, url: `http://127.0.0.1:${server.port}/`, data: { a: 1 } })).toMatchObject({
      text: 'arrived',
    });
    expect(server.seen[1]).toMatchObject({ method: expected, body });
  });

  it('to another origin loses everything that says who asks', async () => {
    await using target = await ok();
    await using server = await localServer((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${target.port}/` }).end(),
    );
    const headers = { authorization: 'Bearer secret://API_KEY', cookie: 'c=1', 'x-api-key': 'k', accept: 'text/plain' };

    await run({ method: 'POST', url: `http://127.0.0.1:${server.port}/`, headers, data: 'x' });

    expect(server.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer canary-0815-secret',
      cookie: 'c=1',
      'x-api-key': 'k',
    });
    expect(Object.keys(target.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'traceparent',
      'user-agent',
    ]);
  });

  it('without end is refused', async () => {
    await using server = await localServer((_, response) => response.writeHead(302, { location: '/' }).end());

    const thrown = await rejection(run({ url: `http://127.0.0.1:${server.port}/` }));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'HTTP_REFUSED',
      message: 'The request was refused: it was redirected more than 5 times.',
    });
    expect(server.seen).toHaveLength(6);
  });
});
