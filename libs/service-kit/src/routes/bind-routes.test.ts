import { defineRoute } from '@procos/contracts';
import { defineErrors } from '@procos/errors';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpService, type HttpService } from '../http-service.ts';
import { bindRoutes } from './bind-routes.ts';
import { reply, route, streamRoute } from './route.ts';

const errors = defineErrors({
  SAMPLE_INPUT: { message: 'The {part} of {method} {path}: {faults}.', remedy: 'x', when: 'x', status: 400 },
  SAMPLE_AWAY: { message: 'It is away.', remedy: 'x', when: 'x', status: 503 },
});

const addNumbers = defineRoute({
  method: 'post',
  path: '/v1/sums/:name',
  operationId: 'addNumbers',
  summary: 'Adds.',
  params: Type.Object({ name: Type.String({ pattern: '^[a-z]+$' }) }),
  query: Type.Object({ by: Type.Integer({ minimum: 1, default: 1 }), text: Type.Optional(Type.String()) }),
  headers: Type.Object({ 'idempotency-key': Type.Optional(Type.String({ maxLength: 3 })) }),
  body: Type.Object({ numbers: Type.Optional(Type.Array(Type.Integer())) }, { additionalProperties: false }),
  replies: { 201: { description: 'The sum.', body: Type.Unknown() } },
});
const getText = defineRoute({
  method: 'get',
  path: '/v1/text',
  operationId: 'getText',
  summary: 'Text.',
  replies: { 200: { description: 'It.', mediaType: 'text/plain', body: Type.String() } },
});
const fail = defineRoute({
  method: 'get',
  path: '/v1/failure',
  operationId: 'fail',
  summary: 'Fails.',
  replies: { 200: { description: 'Never.', body: Type.Unknown() } },
});
const watch = defineRoute({
  method: 'get',
  path: '/v1/changes',
  operationId: 'watch',
  summary: 'Stays open.',
  replies: { 200: { description: 'Lines.', mediaType: 'text/event-stream', body: Type.String() } },
});

let service: HttpService;
let gone: AbortSignal | undefined;
beforeAll(async () => {
  service = createHttpService({
    name: 'sample',
    port: 0,
    logger: silentLogger,
    metrics: createMetrics(),
    readiness: () => ({ ready: true, details: {} }),
    routes: (app) =>
      bindRoutes(
        app,
        [
          route(addNumbers, async (input) => reply(201, input)),
          route(getText, async () => reply(200, 'plain')),
          route(fail, async (_input, { signal }) => {
            gone = signal;
            throw new RangeError('away');
          }),
          streamRoute(watch, async (_input, response) => void response.writeHead(200).end('data: x\n\n')),
        ],
        {
          input: errors.SAMPLE_INPUT,
          translate: (thrown) => (thrown instanceof RangeError ? errors.SAMPLE_AWAY({}, thrown) : thrown),
        },
      ),
  });
  await service.start();
});
afterAll(() => service.stop());

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${service.url()}${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: type?.includes('json') === true ? (JSON.parse(text) as object) : text };
}
const post = (path: string, body?: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  ask(path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });

describe('a bound route', () => {
  it('is given what the contract says: numbers of the query read, defaults filled in, known headers only', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k', other: 'x' };
    expect(await post('/v1/sums/all?by=12&text=12', '{"numbers":[1]}', headers)).toMatchObject({
      status: 201,
      body: {
        params: { name: 'all' },
        query: { by: 12, text: '12' },
        headers: { 'idempotency-key': 'k' },
        body: { numbers: [1] },
      },
    });
    expect(await post('/v1/sums/all', undefined, {})).toMatchObject({
      status: 201,
      body: { query: { by: 1 }, body: {} },
    });
  });

  it.each([
    ['/v1/sums/A', '{}', 'path', 'name'],
    ['/v1/sums/a?by=0', '{}', 'query', 'by'],
    ['/v1/sums/a?by=1.5', '{}', 'query', 'by'],
    ['/v1/sums/a?by=12345678901234567890', '{}', 'query', 'by'],
    ['/v1/sums/a', '{"numbers":[1.5]}', 'body', 'numbers.0'],
    ['/v1/sums/a', '{"nubmers":[1]}', 'body', 'nubmers'],
    ['/v1/sums/a', '[]', 'body', ''],
  ])('refuses %s with %s in the words of its service, naming part and field', async (path, body, part, field) => {
    expect(await post(path, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'SAMPLE_INPUT', data: { part, operation: 'addNumbers', fields: [field] } } },
    });
  });

  it('refuses a header that breaks the contract, and a body that is no JSON', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await post('/v1/sums/a', '{}', { ...json, 'idempotency-key': 'long' })).toMatchObject({
      status: 400,
      body: { error: { code: 'SAMPLE_INPUT', data: { part: 'header' } } },
    });
    expect(
      await post('/v1/sums/a', 'numbers=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    ).toMatchObject({
      status: 415,
      body: { error: { code: 'PROCOS_HTTP_BODY_TYPE', message: expect.stringContaining('/v1/sums/a') as string } },
    });
  });

  it('answers in the media type of its contract, or writes by itself', async () => {
    expect(await ask('/v1/text')).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: 'plain' });
    expect(await ask('/v1/changes')).toMatchObject({ status: 200, body: 'data: x\n\n' });
  });

  it('fails in the words of its service, and knows whether somebody still listens', async () => {
    expect(await ask('/v1/failure')).toMatchObject({ status: 503, body: { error: { code: 'SAMPLE_AWAY' } } });
    expect(gone?.aborted).toBe(false);
  });
});
