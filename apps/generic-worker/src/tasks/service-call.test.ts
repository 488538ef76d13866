import { afterAll, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import type { ServiceRecord } from '@procos/contracts';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { createInMemoryServiceDirectory, type ServiceDirectory } from '@procos/service-directory';
import { createAddressGuard } from '../http/address-guard.ts';
import { createGuardedAgent } from '../http/guarded-agent.ts';
import { createServiceFinder } from '../services/find-service.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { serviceCallTask } from './service-call.ts';

const dispatcher = new Agent();
const guarded = createGuardedAgent(createAddressGuard({ allow: [], reach: 'network' }));
afterAll(() => Promise.all([dispatcher.destroy(), guarded.destroy()]));

function record(endpoint: string, service_id = 'copy-1'): ServiceRecord {
  const health_check_url = `${endpoint}/livez`;
  return {
    service_id,
    service_name: 'stock',
    version: '1',
    endpoint,
    health_check_url,
    tags: [],
    metadata: {},
    last_heartbeat: '2026-01-01T00:00:00Z',
  };
}

function taskWith(directory: ServiceDirectory) {
  return serviceCallTask({ findService: createServiceFinder(directory), dispatcher: guarded, maxBytes: 10_000 });
}
const call = (endpoint: string, input: Record<string, unknown>, context = taskContext()) =>
  tryTask(taskWith(createInMemoryServiceDirectory([record(endpoint)])), { service_name: 'stock', ...input }, context);
const attempt = (number: number) => {
  const context = taskContext();
  return { ...context, lease: { ...context.lease, attempt: number } };
};

describe('a service call', () => {
  it('goes to the service with that name', async () => {
    await using server = await localServer((_, response) =>
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"left":3}'),
    );

    const output = await call(`http://127.0.0.1:${server.port}/api/`, {
      method: 'POST',
      path: '/items?x=1',
      body: { n: 1 },
      headers: { 'x-a': 'b' },
    });

    expect(output).toEqual({ status_code: 201, response: { left: 3 }, success: true });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/api/items?x=1',
      body: '{"n":1}',
      headers: { 'x-a': 'b', 'content-type': 'application/json', 'idempotency-key': 'instance-1:activity-1' },
    });
    expect(server.seen[0]?.headers.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-/);
  });

  it('gives text when the answer is no JSON', async () => {
    await using server = await localServer((_, response) => response.end('fine'));

    expect(await call(`http://127.0.0.1:${server.port}`, { path: '/' })).toMatchObject({ response: 'fine' });
  });

  it('to a name that nobody has is a way of the model', async () => {
    const thrown = await rejection(
      tryTask(taskWith(createInMemoryServiceDirectory([])), { service_name: 'stock', path: '/' }),
    );

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'SERVICE_NOT_FOUND',
      message: 'No service is registered under the name "stock".',
    });
  });

  it.each([
    [404, { 'content-type': 'application/json' }, '{"why":"gone"}', { why: 'gone' }],
    [302, { location: 'http://127.0.0.1:1/elsewhere' }, '', ''],
  ])('answered with %s is a way of the model that tells the answer', async (status, headers, body, response) => {
    await using server = await localServer((_, answer) => answer.writeHead(status, headers).end(body));

    const thrown = await rejection(call(`http://127.0.0.1:${server.port}`, { path: '/' }));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({
      code: 'SERVICE_FAILED',
      message: `The service "stock" answered ${status}.`,
      variables: { status_code: status, response, success: false },
    });
  });

  it.each([500, 503, 429])('answered with %s is tried again', async (status) => {
    await using server = await localServer((_, response) => response.writeHead(status, { 'retry-after': '2' }).end());
    const endpoint = `http://127.0.0.1:${server.port}`;

    const thrown = await rejection(call(endpoint, { path: '/' }));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown).toMatchObject({ message: `${endpoint} answered ${status}`, retryAfterMs: 2_000 });
  });

  it('asks another running copy with the next attempt, in turn (trap T12)', async () => {
    await using first = await localServer((_, response) => response.writeHead(500).end());
    await using second = await localServer((_, response) => response.writeHead(500).end());
    const directory = createInMemoryServiceDirectory([
      record(`http://127.0.0.1:${second.port}`, 'b'),
      record(`http://127.0.0.1:${first.port}`, 'a'),
    ]);

    for (const number of [1, 2])
      await rejection(tryTask(taskWith(directory), { service_name: 'stock', path: '/' }, attempt(number)));

    expect([first.seen.length, second.seen.length]).toEqual([1, 1]);
  });

  it('works on with what the directory said last', async () => {
    await using server = await localServer((_, response) => response.end('x'));
    let away = false;
    const records = [record(`http://127.0.0.1:${server.port}`)];
    const directory: ServiceDirectory = {
      ...createInMemoryServiceDirectory(records),
      discover: () => (away ? Promise.reject(new Error('directory away')) : Promise.resolve(records)),
    };
    const task = taskWith(directory);
    await tryTask(task, { service_name: 'stock', path: '/' });
    away = true;

    expect(await tryTask(task, { service_name: 'stock', path: '/' })).toMatchObject({ success: true });
    expect(await rejection(tryTask(task, { service_name: 'new', path: '/' }))).toMatchObject({
      name: 'RetryableError',
      message: 'The service directory cannot be asked: directory away',
    });
  });

  it('never reaches the addresses of a cloud platform', async () => {
    expect(await rejection(call('http://169.254.169.254', { path: '/latest/meta-data/' }))).toMatchObject({
      code: 'SERVICE_FAILED',
    });
  });
});

describe('a path', () => {
  const leading = [
    '',
    'items',
    '//evil.test/',
    '/\\evil.test/',
    '\\\\evil.test',
    '///evil.test',
    'http://evil.test/',
    '@evil.test/',
    ':80@evil.test/',
    '.evil.test/',
  ];
  const climbing = [
    '/..',
    '/../admin',
    '/x/../../admin',
    '/%2e%2e/admin',
    '/.%2e/admin',
    '/\t/../../admin',
    '/..\\admin',
    '/x/..\\..\\admin',
  ];

  it.each([...leading, ...climbing])('%j does not leave the service', async (path) => {
    await using server = await localServer((_, response) => response.end('x'));

    const thrown = await rejection(call(`http://127.0.0.1:${server.port}/api`, { path }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect((thrown as Error).message).toMatch(/must start with one \/ and stay on the service/);
    expect(server.seen).toEqual([]);
  });

  it.each(['/', '/a/b', '/a/../b', '/a?next=//evil.test', '/a//b', '/%2f', '/@x', '/a:80'])(
    '%j stays on the service',
    async (path) => {
      await using server = await localServer((_, response) => response.end('x'));

      await call(`http://127.0.0.1:${server.port}/api`, { path });

      expect(server.seen[0]?.url.startsWith('/api')).toBe(true);
    },
  );

  it('on an endpoint that is no URL is told', async () => {
    expect(await rejection(call('ftp://x', { path: '/' }))).toHaveProperty(
      'message',
      'The service is registered with an endpoint that is no http URL: ftp://x',
    );
  });
});
