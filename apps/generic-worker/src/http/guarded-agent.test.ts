import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dispatcher } from 'undici';
import { BpmnError } from '@procos/errors';
import { httpRequestTask } from '../tasks/http-request.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { forbiddenNames, forbiddenUrls } from '../testing/ssrf-corpus.ts';
import { rejection, tryTask } from '../testing/try-task.ts';
import { createAddressGuard } from './address-guard.ts';
import { createGuardedAgent, type Resolve } from './guarded-agent.ts';

let inside: LocalServer;
let insideIpv6: LocalServer;
let agents: Dispatcher[] = [];

beforeEach(async () => {
  inside = await localServer((_, response) => response.end('inside'), '0.0.0.0');
  insideIpv6 = await localServer((_, response) => response.end('inside'), '::1');
});
afterEach(async () => {
  await Promise.all(agents.map((agent) => agent.destroy()));
  agents = [];
  await inside[Symbol.asyncDispose]();
  await insideIpv6[Symbol.asyncDispose]();
});

const resolveTo =
  (addresses: (hostname: string) => readonly string[]): Resolve =>
  async (hostname) =>
    addresses(hostname).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

function requestTask({ allow = [], resolve }: { allow?: readonly string[]; resolve?: Resolve } = {}) {
  const dispatcher = createGuardedAgent(createAddressGuard({ allow }), resolve);
  agents.push(dispatcher);
  return httpRequestTask({ dispatcher, secrets: new Map(), maxBytes: 100_000 });
}

async function expectRefused(work: Promise<unknown>, what: string): Promise<void> {
  const thrown = await rejection(work);
  expect(thrown, what).toBeInstanceOf(BpmnError);
  expect(thrown, what).toMatchObject({
    code: 'HTTP_REFUSED',
    message: expect.stringMatching(/^The request was refused: /) as string,
  });
}

describe('requests to the inside', () => {
  // The port is the same for all, so that each is counted once.
  const different = new Set(forbiddenUrls(1)).size;

  it(`are refused, all ${different} of them, however the address is written`, async () => {
    expect(different).toBeGreaterThanOrEqual(500);
    const task = requestTask({ resolve: resolveTo(() => ['127.0.0.1', '::1']) });
    const urls = [...forbiddenUrls(inside.port), ...forbiddenUrls(insideIpv6.port)];

    for (const url of urls) await expectRefused(tryTask(task, { url, timeout: 5 }), url);

    expect([...inside.seen, ...insideIpv6.seen]).toEqual([]);
  }, 60_000);

  it('are refused for every name that leads there', async () => {
    const task = requestTask({ resolve: resolveTo((hostname) => [forbiddenNames.get(hostname) ?? '127.0.0.1']) });

    for (const name of forbiddenNames.keys())
      await expectRefused(tryTask(task, { url: `http://${name}:${inside.port}/` }), name);

    expect(inside.seen).toEqual([]);
  });

  it('work when the operator allows the address', async () => {
    const output = await tryTask(requestTask({ allow: ['127.0.0.1'] }), { url: `http://127.0.0.1:${inside.port}/` });

    expect(output).toMatchObject({ status_code: 200, text: 'inside' });
  });
});

describe('a name with several addresses', () => {
  it('is connected to by a permitted one only', async () => {
    const task = requestTask({ allow: ['127.0.0.2'], resolve: resolveTo(() => ['127.0.0.1', '127.0.0.2', '::1']) });

    await tryTask(task, { url: `http://many.test:${inside.port}/` });

    expect(inside.seen.map((request) => request.localAddress)).toEqual(['127.0.0.2']);
  });

  it('that changes its mind gains nothing: the address judged is the address connected to', async () => {
    let calls = 0;
    const task = requestTask({
      allow: ['127.0.0.2'],
      resolve: resolveTo(() => (calls++ === 0 ? ['127.0.0.2'] : ['127.0.0.1'])),
    });

    await tryTask(task, { url: `http://flip.test:${inside.port}/`, headers: { 'x-n': 1 } });
    expect(calls).toBe(1);
    await expectRefused(tryTask(task, { url: `http://flip.test:${insideIpv6.port}/` }), 'second answer');

    expect(inside.seen.map((request) => request.localAddress)).toEqual(['127.0.0.2']);
  });
});

describe('a redirect', () => {
  it('to the inside is refused like a first request', async () => {
    await using outside = await localServer((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/secret` }).end();
    });
    const task = requestTask({ allow: ['outside.test'], resolve: resolveTo(() => ['127.0.0.1']) });

    await expectRefused(tryTask(task, { url: `http://outside.test:${outside.port}/` }), 'redirect');

    expect(outside.seen).toHaveLength(1);
    expect(inside.seen).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'gopher://127.0.0.1/', 'http://user:pass@outside.test/', 'http://['])(
    'to %s is refused',
    async (location) => {
      await using outside = await localServer((_, response) => {
        response.writeHead(302, { location }).end();
      });

      await expectRefused(
        tryTask(requestTask({ allow: ['127.0.0.1'] }), { url: `http://127.0.0.1:${outside.port}/` }),
        location,
      );
    },
  );
});
