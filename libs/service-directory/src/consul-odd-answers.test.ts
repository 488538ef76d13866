import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { announceService } from './announce-service.ts';
import { watchHealth } from './consul/watch-health.ts';
import { createConsulServiceDirectory } from './consul-service-directory.ts';

const registration = {
  service_id: 'mail-1',
  service_name: 'mail',
  version: '1',
  endpoint: 'http://127.0.0.1:9001',
  health_check_url: 'http://127.0.0.1:9001/readyz',
  tags: [],
  metadata: {},
};

/** What answers in the place of Consul. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => (server.closeAllConnections(), void server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a watch of services in Consul', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['refuses the question', (response) => response.writeHead(400).end('Invalid index')],
    ['fails', (response) => response.writeHead(500).end('No cluster leader')],
    ['hangs up', (response) => response.destroy()],
    ['answers something else', (response) => response.writeHead(200).end('<html>')],
    ['answers no list', (response) => response.writeHead(200, { 'x-consul-index': '7' }).end('null')],
  ])('goes on after an agent that %s', async (_, odd) => {
    let asked = 0;
    const url = await answering((_request, response) =>
      ++asked <= 2
        ? odd(response)
        : void response.writeHead(200, { 'x-consul-index': String(asked) }).end(`[${asked}]`),
    );
    const [reported, faults]: [unknown[], unknown[]] = [[], []];
    onTestFinished(
      watchHealth({
        url,
        token: undefined,
        service: 'mail',
        onEntries: (entries) => void reported.push(entries),
        onFault: (thrown) => void faults.push(thrown),
        pauseMs: 5,
      }),
    );

    await vi.waitFor(() => expect(reported.length).toBeGreaterThan(1), 5_000);
    expect(reported[0]).toEqual([3]);
    expect(faults).toHaveLength(2);
  });

  it('takes answers without an index as they are, and asks again with pauses', async () => {
    let asked = 0;
    const url = await answering((_request, response) => void response.writeHead(200).end(`[${++asked}]`));
    const reported: unknown[] = [];
    onTestFinished(
      watchHealth({
        url,
        token: undefined,
        service: 'mail',
        onEntries: (entries) => void reported.push(entries),
        onFault: vi.fn(),
        pauseMs: 20,
      }),
    );

    await vi.waitFor(() => expect(reported).toEqual(expect.arrayContaining([[1], [2], [3]])), 5_000);
    expect(asked).toBeLessThan(500);
  });

  it('begins anew when the index has gone back, and sends the token', async () => {
    const [indices, tokens]: [(string | null)[], unknown[]] = [[], []];
    const answers = [9, 4, 5];
    const url = await answering((request, response) => {
      indices.push(new URL(request.url ?? '', 'http://x').searchParams.get('index'));
      tokens.push(request.headers['x-consul-token']);
      const next = answers.shift();
      if (next !== undefined) response.writeHead(200, { 'x-consul-index': String(next) }).end('[]');
    });
    onTestFinished(
      watchHealth({ url, token: 'secret', service: 'a/b', onEntries: vi.fn(), onFault: vi.fn(), pauseMs: 5 }),
    );

    await vi.waitFor(() => expect(indices).toEqual(['0', '9', '0', '5']), 5_000);
    expect(new Set(tokens)).toEqual(new Set(['secret']));
  });
});

describe('a heartbeat to a Consul that has lost the check', () => {
  it.each([
    [500, 'CheckID "service:mail-1" does not have associated TTL'],
    [404, 'Unknown check ID "service:mail-1"'],
  ])('registers the copy again at once: %s %s', async (status, words) => {
    const calls: string[] = [];
    const url = await answering((request, response) => {
      const path = (request.url ?? '').replace(/\?.*/, '');
      if (path.includes('/check/pass/')) return void response.writeHead(status).end(words);
      if (path.endsWith('/agent/checks'))
        return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      calls.push(path);
      response.writeHead(200).end();
    });
    const directory = createConsulServiceDirectory({ url, onFault: vi.fn() });
    const announcement = announceService(directory, { ...registration, intervalMs: 30 }, vi.fn());
    onTestFinished(async () => (await announcement.stop(), directory.close()));

    await vi.waitFor(
      () => expect(calls.filter((path) => path === '/v1/agent/service/register').length).toBeGreaterThan(1),
      5_000,
    );
  });

  it('leaves one alone that Consul asks by itself', async () => {
    const checks = { 'service:mail-1': { CheckID: 'service:mail-1', Name: 'http', Type: 'http' } };
    const url = await answering((request, response) =>
      request.url?.includes('/check/pass/') === true
        ? void response.writeHead(500).end('CheckID "service:mail-1" does not have associated TTL')
        : void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(checks)),
    );
    const directory = createConsulServiceDirectory({ url, onFault: vi.fn() });
    onTestFinished(() => directory.close());

    await expect(directory.heartbeat('mail-1')).resolves.toBeUndefined();
  });
});
