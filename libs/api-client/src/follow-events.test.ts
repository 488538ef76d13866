import { describe, expect, it } from 'vitest';
import { createGatewayClient } from './gateway-client.ts';

const event = (id: string, data = '{}') =>
  `id: ${id}\ndata: {"specversion":"1.0","id":"${id}","source":"/t","type":"a.b","time":"2026-01-01T00:00:00Z","datacontenttype":"application/json","data":${data}}\n\n`;

/** A gateway that answers one connection after the other. */
function streaming(...answers: readonly (() => Response | Promise<Response>)[]) {
  const asked: (string | undefined)[] = [];
  let next = 0;
  const client = createGatewayClient({
    url: 'http://127.0.0.1:8088',
    fetch: async (input, init) => {
      const { search } = input instanceof URL ? input : new URL('about:blank');
      asked.push(`${search} after ${new Headers(init?.headers).get('last-event-id') ?? 'none'}`);
      next += 1;
      return answers[next - 1]?.() ?? Response.error();
    },
  });
  return { asked, client };
}

const stream = (text: string) => () => new Response(text);
const refusal = () =>
  Response.json({ error: { code: 'PROCOS_X', message: 'no', remedy: '', data: {} } }, { status: 429 });

describe('following the events', () => {
  it('goes on after the last event seen when the connection is lost', async () => {
    const lost: unknown[] = [];
    const { asked, client } = streaming(stream(event('e-1')), stream(event('e-2', '{"n":9007199254740993}')));
    const stop = new AbortController();
    const seen: unknown[] = [];

    const events = client.followEvents({
      type: 'a.#',
      signal: stop.signal,
      onReconnect: (reason) => lost.push(reason),
    });
    for await (const { id, data } of events) {
      seen.push([id, data]);
      if (id === 'e-2') stop.abort();
    }

    expect(seen).toEqual([
      ['e-1', {}],
      ['e-2', { n: 9007199254740993n }],
    ]);
    expect(asked).toEqual(['?type=a.%23 after none', '?type=a.%23 after e-1']);
    expect(lost).toEqual(['the stream has ended']);
  });

  it('begins after an event that is named', async () => {
    const { asked, client } = streaming(stream(event('e-8')));
    const { signal } = new AbortController();

    for await (const { id } of client.followEvents({ lastEventId: 'e-7', signal })) {
      expect(id).toBe('e-8');
      break;
    }

    expect(asked).toEqual([' after e-7']);
  });

  it.each([
    ['nothing answers at first', () => Promise.reject(new TypeError('fetch failed')), 'PROCOS_API_UNREACHABLE'],
    ['the gateway refuses', refusal, 'PROCOS_X'],
  ])('ends when %s', async (_, answer, code) => {
    const { asked, client } = streaming(answer);

    const first = client.followEvents({ signal: new AbortController().signal })[Symbol.asyncIterator]().next();

    await expect(first).rejects.toMatchObject({ code });
    expect(asked).toHaveLength(1);
  });

  it('says what is no event, and goes on', async () => {
    const { client } = streaming(stream('id: e-1\ndata: {"id":"e-1"}\n\n'), stream(event('e-2')));
    const lost: unknown[] = [];
    const { signal } = new AbortController();

    for await (const { id } of client.followEvents({ signal, onReconnect: (reason) => lost.push(reason) })) {
      expect(id).toBe('e-2');
      break;
    }

    expect(lost).toEqual([
      expect.objectContaining({ message: expect.stringContaining('specversion is missing') as string }),
    ]);
  });
});
