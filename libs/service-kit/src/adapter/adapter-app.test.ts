import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { silentLogger } from '@procos/logging';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../app.ts';
import { createAdapterApp } from './adapter-app.ts';
import { type AdapterCall, defineMethod } from './adapter-method.ts';

let app: App;
let calls: AdapterCall[];
let next: (() => Promise<Record<string, unknown>>)[];
let healthy: boolean;
const config = {
  host: '127.0.0.1',
  port: 0,
  allowedHosts: [],
  allowedOrigins: [],
  callTimeoutMs: 5_000,
  breakerFailures: 2,
  breakerPauseMs: 60_000,
};

beforeEach(async () => {
  [calls, next, healthy] = [[], [], true];
  const greet = defineMethod(
    Type.Object({ name: Type.String() }, { additionalProperties: false }),
    async ({ name }, call) => {
      calls.push(call);
      return (await next.shift()?.()) ?? { greeting: `Hello, ${name}!` };
    },
  );
  app = createAdapterApp({
    name: 'greeting-adapter',
    apiInfo: { title: 'ProcOS greeting-adapter', version: '1', description: 'Greets.' },
    config,
    logger: silentLogger,
    methods: { greet },
    checkHealth: async () => healthy,
  });
  await app.start();
});
afterEach(() => app.stop());

async function call(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.url()}/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  };
}
const greeting = { method: 'greet', parameters: { name: 'Ada' } };
const throwing = (error: Error) => () => Promise.reject(error);

describe('a call', () => {
  it('gives what the method gives', async () => {
    expect(await call(greeting, { 'idempotency-key': 'k' })).toMatchObject({
      status: 200,
      body: { greeting: 'Hello, Ada!' },
    });
    expect(calls[0]).toMatchObject({ idempotencyKey: 'k' });
  });

  it('is counted by method and answer; a method that is none has no name of its own', async () => {
    next.push(throwing(new RetryableError('not there')));
    for (const body of [greeting, greeting, { method: 'sing' }, {}]) await call(body);

    const counts = (await (await fetch(`${app.url()}/metrics`)).text())
      .split('\n')
      .filter((line) => line.startsWith('procos_adapter_calls_total{'));
    expect(counts.toSorted()).toEqual([
      'procos_adapter_calls_total{adapter="greeting-adapter",method="greet",status="200"} 1',
      'procos_adapter_calls_total{adapter="greeting-adapter",method="greet",status="503"} 1',
      'procos_adapter_calls_total{adapter="greeting-adapter",method="unknown",status="404"} 1',
    ]);
  });

  it.each(['send', '__proto__', 'constructor', 'toString'])(
    'of the method %s is told that it is not known',
    async (method) => {
      expect(await call({ method })).toMatchObject({
        status: 404,
        body: {
          error: {
            code: 'PROCOS_ADAPTER_UNKNOWN_METHOD',
            message: `Unknown method: ${method}`,
            remedy: 'Call one of: greet.',
          },
        },
      });
    },
  );

  it.each([
    [{}, 'method is required'],
    [{ method: 'greet' }, 'name is required'],
    [{ method: 'greet', parameters: { name: 7 } }, 'name must be text'],
    [{ method: 'greet', parameters: { name: 'a', x: 1 } }, 'x is not known here'],
    [{ method: 'greet', parameters: [] }, 'parameters must be an object'],
  ])('%j is wrong', async (body, faults) => {
    expect(await call(body)).toMatchObject({
      status: 400,
      body: { error: { code: 'PROCOS_ADAPTER_PARAMETERS', message: `The call cannot be made: ${faults}.` } },
    });
  });

  it('that is refused says which error a model would catch', async () => {
    next.push(throwing(new BpmnError('GREETING_REFUSED', 'Nobody is at home.', { sent: false })));

    expect(await call(greeting)).toMatchObject({
      status: 422,
      body: {
        error: { code: 'PROCOS_ADAPTER_REFUSED', message: 'Nobody is at home.' },
        refusal: { code: 'GREETING_REFUSED', variables: { sent: false } },
      },
    });
  });

  it('that the settings do not allow says so', async () => {
    next.push(throwing(new TerminalError('The token is wrong.')));

    expect(await call(greeting)).toMatchObject({
      status: 424,
      body: { error: { code: 'PROCOS_ADAPTER_SET_UP', message: 'The token is wrong.' } },
    });
  });

  it('that fails for now says when to ask again', async () => {
    next.push(throwing(new RetryableError('Too many calls', { retryAfterMs: 2_100 })));

    expect(await call(greeting)).toMatchObject({
      status: 503,
      retryAfter: '3',
      body: { error: { code: 'PROCOS_ADAPTER_UNAVAILABLE', message: 'Too many calls' } },
    });
  });

  it('that meets a fault of the adapter tells nothing of it', async () => {
    next.push(throwing(new Error('canary')));

    expect(await call(greeting)).toMatchObject({ status: 500, body: { error: { code: 'PROCOS_INTERNAL' } } });
  });
});

describe('a service that fails', () => {
  it('is left alone for a while', async () => {
    next.push(throwing(new RetryableError('away')), throwing(new RetryableError('away')));
    await call(greeting);
    await call(greeting);

    const paused = await call(greeting);

    expect(paused).toMatchObject({
      status: 503,
      retryAfter: '60',
      body: {
        error: {
          code: 'PROCOS_ADAPTER_PAUSED',
          message:
            'greeting-adapter makes no calls for a moment: the service behind it failed several times in a row, at last: away.',
        },
      },
    });
    expect(calls).toHaveLength(2);
    expect(await (await fetch(`${app.url()}/readyz`)).json()).toMatchObject({
      circuit_breaker: 'open',
      methods: ['greet'],
    });
  });

  it('is not left alone because it says no', async () => {
    for (let n = 0; n < 5; n++) next.push(throwing(n % 2 === 0 ? new BpmnError('NO', 'no') : new TerminalError('no')));
    for (let n = 0; n < 5; n++) await call(greeting);

    expect((await call(greeting)).status).toBe(200);
  });
});

describe('an attempt that is repeated', () => {
  const key = { 'idempotency-key': 'instance:activity' };

  it('gets the same answer, and the work is done once', async () => {
    next.push(
      async () => ({ n: 1 }),
      async () => ({ n: 2 }),
    );

    const answers = await Promise.all([call(greeting, key), call(greeting, key)]);

    expect([...answers, await call(greeting, key)].map(({ body }) => body)).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(calls).toHaveLength(1);
  });

  it('is made again after a failure, without a key, or for another question', async () => {
    next.push(throwing(new RetryableError('away')));

    await call(greeting, key);
    await call(greeting, key);
    await call({ ...greeting, parameters: { name: 'Bob' } }, key);
    await call(greeting);
    await call(greeting);

    expect(calls).toHaveLength(5);
  });
});

it('the health of the service behind is asked for', async () => {
  const ask = async () => (await fetch(`${app.url()}/health-check`)).json();

  expect(await ask()).toEqual({ healthy: true });
  healthy = false;
  expect(await ask()).toEqual({ healthy: false });
});

it('what can be called is described', async () => {
  expect(await (await fetch(`${app.url()}/openapi.json`)).json()).toMatchObject({
    info: { title: 'ProcOS greeting-adapter' },
    paths: { '/call': {}, '/health-check': {} },
  });
});
