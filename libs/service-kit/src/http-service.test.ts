import { defineRoute } from '@procos/contracts';
import { ProcosError } from '@procos/errors';
import { silentLogger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import { request } from 'node:http';
import { Type } from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpService, type HttpService } from './http-service.ts';

const running: HttpService[] = [];
const lookAtThing = defineRoute({
  method: 'get',
  path: '/v1/things/:id',
  operationId: 'lookAtThing',
  summary: 'Look at a thing.',
  params: Type.Object({ id: Type.String() }),
  replies: { 200: { description: 'The thing.', body: Type.Object({}) } },
});

async function service(port = 0, ready = true): Promise<HttpService> {
  const made = createHttpService({
    name: 'sample',
    port,
    logger: silentLogger,
    metrics: createMetrics(),
    api: { info: { title: 'Sample', version: '1', description: '' }, routes: [lookAtThing] },
    readiness: () => ({ ready, details: { state: 'RUNNING' } }),
    routes: (app) => {
      app.post('/echo', (incoming, response) => void response.json(incoming.body));
      app.get('/v1/things/:id', ({ params }) => {
        const remedy = `GET /v1/things/${params.id} shows it; GET /v1/others does not.`;
        throw new ProcosError({ code: 'SAMPLE', message: 'No.', remedy, status: 409 });
      });
      app.get('/broken', () => {
        throw new Error('canary');
      });
    },
  });
  await made.start();
  running.push(made);
  return made;
}
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

function get(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('every service', () => {
  it('says whether it lives, is ready, and what it measures', async () => {
    const { url } = await service(0, false);

    expect((await fetch(`${url()}/livez`)).status).toBe(200);
    const readyz = await fetch(`${url()}/readyz`);
    expect(readyz.status).toBe(503);
    expect(await readyz.json()).toMatchObject({ status: 'not_ready', service: 'sample', state: 'RUNNING' });
    expect((await fetch(`${url()}/metrics`)).headers.get('content-type')).toContain('text/plain');
  });

  it('names the operations of its API that a remedy names', async () => {
    const { url } = await service();

    expect(await (await fetch(`${url()}/v1/things/7`)).json()).toEqual({
      error: {
        code: 'SAMPLE',
        message: 'No.',
        remedy: 'GET /v1/things/7 shows it; GET /v1/others does not.',
        data: {},
        operations: [{ call: 'GET /v1/things/7', operationId: 'lookAtThing', path: { id: '7' }, query: {} }],
      },
    });
  });

  it.each([
    ['a foreign host', { host: 'evil.example' }, 421, 'PROCOS_HTTP_FOREIGN_HOST'],
    ['a foreign page', { origin: 'http://evil.example' }, 403, 'PROCOS_HTTP_FOREIGN_ORIGIN'],
    ['a page on another local port', { origin: 'http://127.0.0.1:1' }, 403, 'PROCOS_HTTP_FOREIGN_ORIGIN'],
    ['a page without an origin of its own', { origin: 'null' }, 403, 'PROCOS_HTTP_FOREIGN_ORIGIN'],
  ])('refuses %s', async (_, headers, status, code) => {
    const { url } = await service();

    const answer = await get(`${url()}/livez`, headers);

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code } });
  });

  it('answers broken JSON, a missing route and a fault of its own in the same form', async () => {
    const { url } = await service();

    const broken = await fetch(`${url()}/echo`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    const missing = await fetch(`${url()}/nowhere`);
    const fault = await fetch(`${url()}/broken`);

    expect([broken.status, missing.status, fault.status]).toEqual([400, 404, 500]);
    expect(await broken.json()).toMatchObject({ error: { code: 'PROCOS_HTTP_BODY' } });
    expect(await missing.json()).toMatchObject({
      error: { code: 'PROCOS_HTTP_NO_ROUTE', message: 'There is nothing at GET /nowhere.' },
    });
    expect(await fault.text()).not.toContain('canary');
  });

  it.each([
    [
      '{"id":7615917337495251231,"list":[-9223372036854775808,0.1]}',
      '{"id":7615917337495251231,"list":[-9223372036854775808,0.1]}',
    ],
    ['[123456789012345678901234567890]', '[123456789012345678901234567890]'],
    [' ', '{}'],
    ['\uFEFF{"a":1}', '{"a":1}'],
    ['{"text":"1e400"}', '{"text":"1e400"}'],
  ])('takes and gives every digit of %s', async (body, echoed) => {
    const { url } = await service();

    const answer = await fetch(`${url()}/echo`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(echoed);
  });

  it.each([
    ['{"v":1e400}', 'The number 1e400 cannot be kept as it is: write it as text'],
    ['{"v":12345678901234567.89}', 'The number 12345678901234567.89 cannot be kept as it is: write it as text'],
    ['"text"', 'it is neither an object nor a list'],
  ])('refuses %s with the reason', async (body, reason) => {
    const { url } = await service();

    const answer = await fetch(`${url()}/echo`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'PROCOS_HTTP_BODY', message: `The request body cannot be read: ${reason}.` },
    });
  });

  it('names the port that is in use and how to choose another', async () => {
    const { url } = await service();
    const { port } = new URL(url());

    await expect(service(Number(port))).rejects.toMatchObject({
      code: 'PROCOS_HTTP_PORT_BUSY',
      message: `Port ${port} on 127.0.0.1 is in use, so sample cannot listen there.`,
      remedy: expect.stringContaining('PROCOS_SAMPLE_PORT') as string,
    });
  });
});
