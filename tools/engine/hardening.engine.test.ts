import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, productsUnderTest } from './engine-calls.ts';
import { type LaunchedEngine, launchEngine } from '@procos/engine-build';

interface Settings {
  product: string;
  version: string;
  database: string;
  engine: Record<string, unknown>;
  jobExecutor: Record<string, unknown>;
  web: { filters: Record<string, string[]>; servlets: Record<string, string[]> };
}

describe.each(productsUnderTest())('the running engine, %s', (product) => {
  let engine: LaunchedEngine;
  let root: string;
  let settings: Settings;

  beforeAll(async () => {
    engine = await launchEngine({ product, inMemory: true });
    root = engine.baseUrl.replace('/engine-rest', '');
    settings = (await ask(engine, 'GET', `${root}/procos/settings`)).json() as Settings;
  }, 600_000);
  afterAll(() => engine.stop());

  it('is the product that was asked for, on the database that was asked for', () => {
    expect(settings).toMatchObject({
      product,
      version: product === 'operaton' ? '1.0.3' : '7.24.0',
      database: 'h2-memory',
    });
  });

  it.each([
    ['enableXxeProcessing', false],
    ['enableScriptEngineLoadExternalResources', false],
    ['configureScriptEngineHostAccess', false],
    ['enableScriptEngineNashornCompatibility', false],
    ['enableExpressionsInAdhocQueries', false],
    ['enableExpressionsInStoredQueries', false],
    ['javaSerializationFormatEnabled', false],
    ['deserializationTypeValidationEnabled', true],
    ['defaultSerializationFormat', 'application/json'],
    ['beansInExpressions', 0],
    ['expressionGuard', true],
    ['refuseEmbeddedCode', true],
    ['cmmnEnabled', false],
    ['historyLevel', 'full'],
    ['enforceHistoryTimeToLive', true],
    ['metricsEnabled', true],
    ['dbMetricsReporterActivate', false],
    ['taskMetricsEnabled', false],
  ])('runs with %s = %s', (name, value) => {
    expect(settings.engine[name]).toBe(value);
  });

  it('lets a repeated poll of a worker replace its older one', async () => {
    expect(settings.web).toMatchObject({ fetchAndLockUniqueWorkerRequest: true, fetchAndLockQueueCapacity: 2_000 });
    const poll = (asyncResponseTimeout: number) =>
      ask(engine, 'POST', '/external-task/fetchAndLock', {
        workerId: 'again',
        maxTasks: 1,
        asyncResponseTimeout,
        topics: [{ topicName: 'none', lockDuration: 1_000 }],
      });
    const older = poll(30_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedAt = performance.now();
    const newer = poll(300);
    expect((await older).status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await newer).toMatchObject({ status: 200, body: '[]' });
  });

  it('looks for due timers at least once a second', () => {
    expect(settings.jobExecutor).toMatchObject({ active: true, maxWaitInMillis: 1_000, lockTimeInMillis: 30_000 });
  });

  it('serves the REST API, health and settings and nothing else, and authenticates all but health', () => {
    expect(Object.values(settings.web.servlets).flat().sort()).toEqual([
      '/engine-rest/*',
      '/procos/deployment-check',
      '/procos/health',
      '/procos/settings',
    ]);
    expect(settings.web.filters['authentication']?.sort()).toEqual([
      '/engine-rest/*',
      '/procos/deployment-check',
      '/procos/settings',
    ]);
  });

  it.each([
    ['no credentials', undefined],
    ['a wrong password', (e: LaunchedEngine) => `Basic ${btoa(`${e.user}:wrong`)}`],
    ['the account of the stock distribution', () => `Basic ${btoa('demo:demo')}`],
    ['no base64', () => 'Basic %%%'],
    ['another scheme', (e: LaunchedEngine) => `Bearer ${e.password}`],
    ['a password that only starts right', (e: LaunchedEngine) => `Basic ${btoa(`${e.user}:${e.password}x`)}`],
  ])('answers 401 to %s', async (_what, authorization) => {
    const headers: Record<string, string> = authorization ? { authorization: authorization(engine) } : {};
    for (const path of [
      '/deployment',
      '/engine/default/process-definition',
      `${root}/procos/settings`,
      `${root}/procos/deployment-check`,
      '/process-definition?x=/engine',
      '/engine/../deployment',
    ]) {
      const answer = await ask(engine, 'GET', path, undefined, headers);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.body).toBe('');
    }
  });

  it('is not shut out by wrong passwords', async () => {
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await ask(engine, 'GET', '/deployment', undefined, {
        authorization: `Basic ${btoa(`${engine.user}:guess${attempt}`)}`,
      });
    }
    expect((await ask(engine, 'GET', '/deployment')).status).toBe(200);
  });

  it('knows only its own account', async () => {
    const users = (await ask(engine, 'GET', '/user')).json() as { id: string }[];
    expect(users.map((user) => user.id)).toEqual([engine.user]);
  });

  it('tells health to everyone, and no more than that', async () => {
    const answer = await ask(engine, 'GET', `${root}/procos/health`, undefined, {});
    expect([answer.status, answer.json()]).toEqual([200, { status: 'UP' }]);
  });

  it.each([
    '/',
    '/app/',
    '/camunda/',
    '/actuator',
    '/actuator/env',
    '/h2-console',
    '/swagger-ui/',
    '/error',
    '/index.html',
  ])('has nothing at %s', async (path) => {
    expect((await ask(engine, 'GET', `${root}${path}`)).status).toBe(404);
  });

  it('says nothing about its software in headers and error pages', async () => {
    for (const path of ['/deployment', `${root}/nowhere`, `${root}/%c0%ae`]) {
      const answer = await ask(engine, 'GET', path);
      expect([...answer.headers.keys()]).not.toContain('server');
      expect([...answer.headers.keys()]).not.toContain('x-powered-by');
      expect(answer.body).not.toMatch(/tomcat|at org\.|at java\./i);
    }
  });

  it('allows no other origin', async () => {
    const preflight = await ask(engine, 'OPTIONS', '/deployment', undefined, {
      ...engine.headers,
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
    });
    const simple = await ask(engine, 'GET', '/deployment', undefined, {
      ...engine.headers,
      origin: 'http://evil.example',
    });
    for (const answer of [preflight, simple]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('refuses TRACE', async () => {
    expect(
      await rawStatus(
        engine.port,
        `TRACE /engine-rest/engine HTTP/1.1\r\nHost: localhost\r\nCookie: secret=1\r\nConnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 (405|401|403)/);
  });

  it('listens on the loopback interface only', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address && address.family === 'IPv4' && !address.internal);
    expect(await canConnect('127.0.0.1', engine.port)).toBe(true);
    for (const address of others)
      expect([address?.address, await canConnect(address?.address ?? '', engine.port)]).toEqual([
        address?.address,
        false,
      ]);
    // Also true on a machine with no other interface: 127.0.0.2 would reach a server bound to all addresses on Linux.
    if (process.platform === 'linux') expect(await canConnect('127.0.0.2', engine.port)).toBe(false);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2_000 });
    const finish = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket
      .once('connect', () => finish(true))
      .once('error', () => finish(false))
      .once('timeout', () => finish(false));
  });
}

function rawStatus(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write(request));
    socket
      .on('data', (chunk) => (answer += chunk.toString()))
      .once('end', () => resolve(answer))
      .once('error', reject);
  });
}
