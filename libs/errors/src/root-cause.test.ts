import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { rootCause } from './root-cause.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED ::1:11434'), { code: 'ECONNREFUSED' });
const both = new AggregateError([refused, new Error('connect ECONNREFUSED 127.0.0.1:11434')], '');
const none = new AggregateError([], 'nothing was tried');

describe('the root cause', () => {
  it.each([
    ['of an error without a cause is itself', refused, refused],
    ['of a failed fetch is why it failed', new TypeError('fetch failed', { cause: refused }), refused],
    [
      'of several addresses is that of the first',
      new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: both }) }),
      refused,
    ],
    ['of no addresses at all is itself', none, none],
    ['may be no error', new Error('aborted', { cause: 'shutdown' }), 'shutdown'],
    ['of a text is the text', 'a text', 'a text'],
  ])('%s', (_, thrown, expected) => {
    expect(rootCause(thrown)).toBe(expected);
  });

  it('of a chain that leads back to itself is one of its errors', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });

    expect([first, first.cause]).toContain(rootCause(first));
  });

  it('of a fetch that finds nobody has the code of the system', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');

    const thrown = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);

    expect(rootCause(thrown)).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
