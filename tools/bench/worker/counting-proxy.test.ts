import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CountingProxy, openCountingProxy } from './counting-proxy.ts';

let engine: Server;
let proxy: CountingProxy;
const held: string[] = [];

beforeEach(async () => {
  engine = createServer((request, response) => {
    if (request.url === '/engine-rest/held') {
      held.push('waiting');
      response.once('close', () => held.push('given up'));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () =>
      response.writeHead(201, { 'x-method': request.method }).end(`${request.url ?? ''} ${body}`),
    );
  }).listen(0, '127.0.0.1');
  await once(engine, 'listening');
  proxy = await openCountingProxy(`http://127.0.0.1:${(engine.address() as AddressInfo).port}/engine-rest`);
});
afterEach(async () => {
  await proxy.close();
  engine.closeAllConnections();
  engine.close();
});

describe('the proxy that counts', () => {
  it('passes requests and answers on as they are, and counts them', async () => {
    const answers = await Promise.all(
      ['a', 'b'].map((body) => fetch(`${proxy.baseUrl}/task`, { method: 'POST', body })),
    );

    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual([
      '/engine-rest/task a',
      '/engine-rest/task b',
    ]);
    expect(answers.map(({ status, headers }) => [status, headers.get('x-method')])).toEqual([
      [201, 'POST'],
      [201, 'POST'],
    ]);
    expect(proxy.count()).toBe(2);
  });

  it('gives a request up when its client does', async () => {
    const giveUp = new AbortController();
    const request = fetch(`${proxy.baseUrl}/held`, { signal: giveUp.signal });
    await expect.poll(() => held.at(-1)).toBe('waiting');

    giveUp.abort();

    await expect(request).rejects.toThrow('aborted');
    await expect.poll(() => held.at(-1)).toBe('given up');
  });
});
