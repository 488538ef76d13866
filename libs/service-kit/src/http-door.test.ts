import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { compileCheck, defineRoute, serviceRoutes } from '@procos/contracts';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deepestBody } from './check-bodies.ts';
import { createHttpService, type HttpService } from './http-service.ts';

const page = 'https://console.example';
const wide = defineRoute({
  method: 'post',
  path: '/wide',
  operationId: 'echoMuch',
  summary: 'Echo much.',
  body: Type.Object({}),
  replies: { 200: { description: 'The same.', body: Type.Object({}) } },
});
let service: HttpService;

beforeAll(async () => {
  service = createHttpService({
    name: 'sample',
    port: 0,
    allowedHosts: ['procos.example'],
    allowedOrigins: [page],
    logger: silentLogger,
    metrics: createMetrics(),
    readiness: () => ({ ready: true, details: {} }),
    bodyLimit: 10_000,
    bodyLimits: { '/wide': 100_000 },
    api: { info: { title: 'Sample', version: '1', description: 'Echoes.' }, routes: [wide] },
    routes: (app) => {
      app.post(
        '/echo/:id',
        (incoming, response) => void response.json({ id: incoming.params['id'], body: incoming.body as unknown }),
      );
      app.post('/wide', (incoming, response) => void response.json(incoming.body));
      app.get('/echo/:id', (incoming, response) => void response.json({ id: incoming.params['id'] }));
    },
  });
  await service.start();
});
afterAll(() => service.stop());

interface Answered {
  readonly status: number;
  readonly body: { readonly error?: { readonly code: string; readonly message: string; readonly remedy: string } };
  readonly headers: string;
}

/** As bytes: clients of this platform would mend or refuse most of what is tried here. */
async function send(head: string, body: string | Buffer = '', headers: readonly string[] = []): Promise<Answered> {
  const { port } = new URL(service.url());
  const socket = connect(Number(port), '127.0.0.1');
  const lines = [
    `${head} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'connection: close',
    ...headers,
    ...(body.length > 0 ? [`content-length: ${Buffer.byteLength(body)}`] : []),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.write(body);
  const received = await text(socket);
  const [top = '', ...rest] = received.split('\r\n\r\n');
  const content = rest.join('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(top)?.[1]),
    headers: top.toLowerCase(),
    body: content === '' ? {} : (JSON.parse(content) as Answered['body']),
  };
}

const json = ['content-type: application/json'];
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('what a service refuses at its door', () => {
  it.each([
    ['a percent sign that begins nothing', 'GET /echo/%zz', '', [], 400, 'PROCOS_HTTP_ADDRESS'],
    ['half of a character in the path', 'GET /echo/%ED%A0%80', '', [], 400, 'PROCOS_HTTP_ADDRESS'],
    ['half of a character in the query', 'GET /echo/1?x=%ED%A0%80', '', [], 400, 'PROCOS_HTTP_ADDRESS'],
    ['a cut percent sign in the query', 'GET /echo/1?x=%', '', [], 400, 'PROCOS_HTTP_ADDRESS'],
    ['a method that the path does not take', 'DELETE /echo/1', '', [], 405, 'PROCOS_HTTP_METHOD'],
    ['a method that nothing takes', 'TRACE /livez', '', [], 405, 'PROCOS_HTTP_METHOD'],
    ['a path that leads nowhere', 'POST /nowhere', '{}', json, 404, 'PROCOS_HTTP_NO_ROUTE'],
    ['what is no JSON', 'POST /echo/1', '{', json, 400, 'PROCOS_HTTP_BODY'],
    [
      'what is said to be gzip and is not',
      'POST /echo/1',
      '{}',
      [...json, 'content-encoding: gzip'],
      400,
      'PROCOS_HTTP_BODY',
    ],
    [
      'gzip that was cut',
      'POST /echo/1',
      gzipSync('{"a":1}').subarray(0, 12),
      [...json, 'content-encoding: gzip'],
      400,
      'PROCOS_HTTP_BODY',
    ],
    ['an unknown coding', 'POST /echo/1', '{}', [...json, 'content-encoding: lzma'], 415, 'PROCOS_HTTP_BODY_ENCODING'],
    [
      'an unknown charset',
      'POST /echo/1',
      '{}',
      ['content-type: application/json; charset=koi8-z'],
      415,
      'PROCOS_HTTP_BODY_ENCODING',
    ],
    ['a body that is too large', 'POST /echo/1', `"${'x'.repeat(10_001)}"`, json, 413, 'PROCOS_HTTP_BODY_TOO_LARGE'],
    [
      'a body that is too large once it is unpacked',
      'POST /echo/1',
      gzipSync(`["${'x'.repeat(100_000)}"]`),
      [...json, 'content-encoding: gzip'],
      413,
      'PROCOS_HTTP_BODY_TOO_LARGE',
    ],
    ['JSON that is too deep', 'POST /echo/1', nested(deepestBody + 1), json, 400, 'PROCOS_HTTP_BODY_TOO_DEEP'],
    ['half of a character in a text', 'POST /echo/1', '{"a":["\\ud800"]}', json, 400, 'PROCOS_HTTP_BODY_TEXT'],
    ['half of a character in a name', 'POST /echo/1', '{"\\udc00":1}', json, 400, 'PROCOS_HTTP_BODY_TEXT'],
    ['what is no HTTP', 'GET', '', [], 400, 'PROCOS_HTTP_BROKEN'],
    ['headers without end', 'GET /livez', '', [`x-long: ${'x'.repeat(20_000)}`], 431, 'PROCOS_HTTP_BROKEN'],
  ] as const)('is %s, in the form of every error', async (_, head, body, headers, status, code) => {
    const answer = await send(head, body, headers);

    expect(answer).toMatchObject({
      status,
      body: {
        error: { code, message: expect.stringMatching(/\S/) as string, remedy: expect.stringMatching(/\S/) as string },
      },
    });
  });

  it('is not what only looks like it', async () => {
    expect(await send('POST /echo/a%2Fb', nested(deepestBody), json)).toMatchObject({
      status: 200,
      body: { id: 'a/b' },
    });
    expect(await send('POST /echo/%25zz', gzipSync('{"a":"😀"}'), [...json, 'content-encoding: gzip'])).toMatchObject({
      status: 200,
      body: { id: '%zz', body: { a: '😀' } },
    });
  });

  it('names the methods that a path takes, with a 405 and to whoever asks', async () => {
    expect((await send('DELETE /echo/1')).headers).toContain('allow: get, head, options, post');
    const asked = await send('OPTIONS /echo/1');
    expect(asked.status).toBe(204);
    expect(asked.headers).toContain('allow: get, head, options, post');
  });
});

describe('a web page from elsewhere', () => {
  it('that is named may ask, send and read', async () => {
    const asked = await send('OPTIONS /echo/1', '', [`origin: ${page}`, 'access-control-request-method: POST']);
    const answered = await send('GET /echo/1', '', [`origin: ${page}`]);

    expect(asked.status).toBe(204);
    expect(asked.headers).toContain(`access-control-allow-origin: ${page}`);
    expect(asked.headers).toContain('access-control-allow-methods: get, head, options, post');
    expect(asked.headers).toContain('access-control-allow-headers: content-type');
    expect(answered.status).toBe(200);
    expect(answered.headers).toContain(`access-control-allow-origin: ${page}`);
    expect(answered.headers).toMatch(/vary: .*origin/);
  });

  it.each(['http://console.example', 'https://console.example:8443', 'https://procos.example', 'null', `${page}.evil`])(
    'that is not named exactly is refused: %s',
    async (origin) => {
      const answer = await send('GET /echo/1', '', [`origin: ${origin}`]);

      expect(answer).toMatchObject({
        status: 403,
        body: {
          error: {
            code: 'PROCOS_HTTP_FOREIGN_ORIGIN',
            remedy: expect.stringContaining('PROCOS_ALLOWED_ORIGINS') as string,
          },
        },
      });
      expect(answer.headers).not.toContain('access-control-allow-origin');
    },
  );

  it('opens the service to no other host', async () => {
    const { port } = new URL(service.url());
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /livez HTTP/1.1\r\nhost: console.example\r\norigin: ${page}\r\nconnection: close\r\n\r\n`);

    expect(await text(socket)).toContain('HTTP/1.1 421');
  });
});

it('counts requests by route and status, their time, and why they were refused', async () => {
  await send('GET /echo/one');
  await send('GET /echo/two');
  await send('GET /nowhere-at-all');

  const metrics = await (await fetch(`${service.url()}/metrics`)).text();

  expect(metrics).toMatch(/procos_http_requests_total\{method="GET",route="\/echo\/:id",status="200"\} \d+/);
  expect(metrics).toMatch(/procos_http_requests_total\{method="GET",route="none",status="404"\} \d+/);
  expect(metrics).toMatch(/procos_http_request_duration_seconds_count\{method="GET",route="\/echo\/:id"\} \d+/);
  expect(metrics).toMatch(/procos_http_refusals_total\{code="PROCOS_HTTP_NO_ROUTE"\} \d+/);
  expect(metrics).not.toContain('nowhere-at-all');
});

describe('a path that takes larger bodies', () => {
  it('takes them up to its own limit, and says that one', async () => {
    const taken = await send('POST /wide', `{"a":"${'x'.repeat(50_000)}"}`, json);
    const refused = await send('POST /wide', `{"a":"${'x'.repeat(100_000)}"}`, json);

    expect(taken.status).toBe(200);
    expect(refused).toMatchObject({
      status: 413,
      body: { error: { message: 'The request body is larger than 100000 bytes.' } },
    });
  });
});

describe('what every service says of itself', () => {
  it('is in its document, beside its own routes', async () => {
    const { body } = await send('GET /openapi.json');

    expect(body).toMatchObject({
      info: { title: 'Sample' },
      paths: { '/wide': {}, '/livez': {}, '/readyz': {}, '/metrics': {}, '/openapi.json': {} },
    });
  });

  it.each(Object.values(serviceRoutes))('is what its document says: $path', async ({ path, replies }) => {
    const answer = await fetch(service.url() + path);
    const { body, ...declared } = replies[200];
    const mediaType = 'mediaType' in declared ? declared.mediaType : 'application/json';

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')?.split(';')[0]).toBe(mediaType);
    const content: unknown = mediaType === 'application/json' ? await answer.json() : await answer.text();
    expect(compileCheck(body)(content)).toMatchObject({ ok: true });
  });
});
