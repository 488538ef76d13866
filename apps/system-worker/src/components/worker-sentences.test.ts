import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { messageOf, rootCause } from '@procos/errors';
import { describe, expect, it } from 'vitest';
import { mayMessagePass } from './worker-sentences.ts';

async function faultOf(request: () => Promise<unknown>): Promise<string> {
  return request().then(
    () => 'no fault',
    (thrown: unknown) => messageOf(rootCause(thrown)),
  );
}

describe('what a worker says in words alone', () => {
  it('is about a network when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');

    expect(mayMessagePass(await faultOf(() => fetch(`http://127.0.0.1:${port}`)))).toBe(true);
  });

  it.each([
    ['The bank answered 503', true],
    ['429 Too Many Requests', true],
    ['Read timed out.', true],
    ['Missing required parameter: url', false],
    ['Order 5030 is unknown', false],
    ['', false],
  ])('is read as it stands: %s', (sentence, mayPass) => {
    expect(mayMessagePass(sentence)).toBe(mayPass);
  });
});
