import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInMemoryServiceDirectory } from '@procos/service-directory';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealthChecks } from './health-checks.ts';

/** How the check sees a service whose health URL answers so; it knows nothing of /livez. */
async function seen(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) =>
    request.url === '/health' ? answer(response) : void response.writeHead(404).end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => (server.closeAllConnections(), void server.close()));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const record = {
    service_id: 'other-1',
    service_name: 'other',
    version: '1',
    endpoint,
    health_check_url: `${endpoint}/health`,
    tags: [],
    metadata: {},
    last_heartbeat: new Date().toISOString(),
  };
  const checks = createHealthChecks(createInMemoryServiceDirectory([record]), {
    checkTimeoutMs: 500,
    settleTimeoutMs: 100,
  });
  const [one] = await checks.checkAll(new AbortController().signal);
  return one;
}

const json = { 'content-type': 'application/json' };

describe('the health check of a service of another make', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['OK as text', (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('OK')],
    ['OK without a type', (response) => response.writeHead(200).end('OK')],
    ['nothing, with 204', (response) => response.writeHead(204).end()],
    ['a web page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>fine</p>')],
    ['no JSON, though it says so', (response) => response.writeHead(200, json).end('OK')],
    ['null', (response) => response.writeHead(200, json).end('null')],
    ['a list', (response) => response.writeHead(200, json).end('[1]')],
    ['topics that are no list', (response) => response.writeHead(200, json).end('{"topics": "all", "state": 7}')],
    ['an answer that never ends', (response) => void response.writeHead(200, json).write('{')],
  ])('finds it well when it answers %s', async (_, answer) => {
    expect(await seen(answer)).toMatchObject({ healthy: true, alive: true, state: 'READY', topics: [] });
  });

  it.each([400, 404, 500, 503])('finds it not ready, and alive, when it answers %i', async (status) => {
    expect(await seen((response) => response.writeHead(status, json).end('no'))).toMatchObject({
      healthy: false,
      alive: true,
      state: 'NOT_READY',
    });
  });
});
