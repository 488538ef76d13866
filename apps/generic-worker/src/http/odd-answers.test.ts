import { afterAll, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import { RetryableError, TerminalError } from '@procos/errors';
import { startRawServer } from '@procos/testing';
import { httpRequestTask } from '../tasks/http-request.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, tryTask } from '../testing/try-task.ts';
import { decodeText } from './decode-text.ts';
import { parseSecrets } from './secret-references.ts';

const dispatcher = new Agent();
afterAll(() => dispatcher.destroy());
const run = (input: Record<string, unknown>) =>
  tryTask(httpRequestTask({ dispatcher, secrets: parseSecrets('{}'), maxBytes: 100_000 }), input);

async function ask(name: string, input: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  await using server = await startRawServer('http');
  return await run({ url: `${server.url}/${name}`, ...input });
}

async function refusal(name: string): Promise<{ readonly message: string }> {
  const thrown = await rejection(ask(name));
  return Object.assign(thrown as Error, {
    message: (thrown as Error).message.replace(/http:\/\/127\.0\.0\.1:\d+/, 'SERVER'),
  });
}

describe('an answer with an odd label', () => {
  const rate = { rate: 1.25, note: 'grün' };

  it.each(['enc-none', 'enc-utf8', 'enc-aws-chunked', 'enc-identity-list', 'enc-two-codings', 'json-bom'])(
    'is read as browsers do: %s',
    async (name) => {
      expect(await ask(name)).toMatchObject({
        success: true,
        json: rate,
        json_error: null,
        text: JSON.stringify(rate),
      });
    },
  );

  it('that says compressed and is not is told as that, once', async () => {
    const thrown = await refusal('enc-gzip-but-plain');

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toMatchObject({
      message: 'The answer of SERVER is labelled as compressed with gzip, which its body is not',
      details: expect.stringContaining('content-encoding: gzip') as string,
    });
  });

  it.each([
    ['json-latin1', { city: 'Zürich' }],
    ['json-utf16-bom', { city: 'Zürich' }],
  ])('has its letters: %s', async (name, json) => {
    expect(await ask(name)).toMatchObject({ json });
  });

  it('has its letters: html-gbk', async () => {
    expect(await ask('html-gbk')).toMatchObject({ text: '<p>价格 12</p>', json: null, json_error: null });
  });

  it.each([
    ['grün', 'text/plain', Buffer.from('grün')],
    ['grün', 'text/plain', Buffer.from('grün', 'latin1')],
    ['5 €', 'text/csv', Buffer.from([0x35, 0x20, 0x80])],
    ['gr\ufffdn', 'text/plain; charset=utf-8', Buffer.from('grün', 'latin1')],
    ['grün', 'text/plain; charset="UTF8"', Buffer.from('grün')],
    ['grün', "text/plain;charset='utf-8'", Buffer.from('grün')],
    ['grün', 'text/plain; charset=nosuch', Buffer.from('grün')],
    ['grün', 'text/plain; charset=', Buffer.from('grün', 'latin1')],
    ['<meta charset="windows-1251">Ц', 'text/html', Buffer.from('<meta charset="windows-1251">\xd6', 'latin1')],
    [
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>',
      'application/xml',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>', 'latin1'),
    ],
    [
      '<?xml version="1.0" encoding="UTF-16"?><a>ü</a>',
      'text/xml',
      Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>ü</a>'),
    ],
    ['Zürich', 'text/plain; charset=iso-8859-1', Buffer.from('\uFEFFZürich')],
    ['Zü', 'application/json', Buffer.from([0xfe, 0xff, 0, 0x5a, 0, 0xfc])],
    ['', 'text/plain', Buffer.alloc(0)],
  ])('%j is the text of %s', (text, contentType, bytes) => {
    expect(decodeText(bytes, contentType)).toBe(text);
  });
});

describe('an answer that is not whole', () => {
  it.each(['gzip-half', 'gzip-half-until-close'])(
    'is asked for again, and is not called out of reach: %s',
    async (name) => {
      const thrown = await refusal(name);

      expect(thrown).toBeInstanceOf(RetryableError);
      expect(thrown.message).toBe('SERVER cut its answer off: the compressed body (gzip) ends too early');
    },
  );

  it.each(['chunked-cut', 'length-too-long'])('is told as cut off: %s', async (name) => {
    const thrown = await refusal(name);

    expect(thrown).toBeInstanceOf(RetryableError);
    expect(thrown.message).toMatch(/^SERVER cut its answer off: /);
  });

  it('but for the check sum of its compression is taken', async () => {
    const { json, success } = await ask('gzip-without-trailer');

    expect(success).toBe(true);
    expect(json).not.toBeNull();
  });
});

describe('JSON', () => {
  it('keeps the digits of long integers, and refuses with the reason what no number can keep', async () => {
    expect(await ask('big-numbers')).toMatchObject({
      json: null,
      json_error: 'The number 1e400 cannot be kept as it is: write it as text.',
      text: expect.stringContaining('"p_id":7615917337495251231') as string,
    });
    await using server = await localServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/problem+json' })
        .end('{"p_id":7615917337495251231,"orders":[{"id":9007199254740993,"price":0.1}]}'),
    );
    expect(await run({ url: `http://127.0.0.1:${server.port}/` })).toMatchObject({
      json: { p_id: 7615917337495251231n, orders: [{ id: 9007199254740993n, price: 0.1 }] },
      json_error: null,
    });
  });

  it('is sent with the digits that the model gives', async () => {
    await using server = await localServer((_, response) => response.end());
    const url = `http://127.0.0.1:${server.port}/`;
    await run({ method: 'POST', url, data: { id: 9223372036854775807n }, params: '{"n":9007199254740993}' });
    await run({ method: 'POST', url, body_type: 'form', data: { id: 9223372036854775807n } });

    expect(server.seen.map(({ body }) => body)).toEqual(['{"id":9223372036854775807}', 'id=9223372036854775807']);
    expect(server.seen[0]?.url).toBe('/?n=9007199254740993');
    expect(await rejection(run({ method: 'POST', url, data: { a: Number.NaN } }))).toMatchObject({
      name: 'TerminalError',
      message: 'The data cannot be sent: The member "a" is NaN, which no number in JSON can say.',
    });
  });

  it('has members of any name, which change no object', async () => {
    const { json } = await ask('json-proto');

    expect(JSON.stringify(json)).toBe(
      '{"a":1,"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},"b":{"__proto__":null}}',
    );
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  });

  it.each(['empty-but-json', 'json-blank', 'no-content-but-json'])(
    'that is empty is none, and no fault: %s',
    async (name) => {
      expect(await ask(name)).toMatchObject({ json: null, json_error: null, success: true });
    },
  );

  it('that is none says so: json-nan', async () => {
    expect(await ask('json-nan')).toMatchObject({
      json: null,
      json_error: 'The answer says that it is JSON, and is none.',
      text: '{"v":NaN,"w":Infinity}',
    });
  });
});

describe('headers', () => {
  it('of any writing come through', async () => {
    expect(await ask('headers-odd')).toMatchObject({
      headers: {
        etag: '"a,b"',
        link: '<https://api.example.com/p2>; rel="next",<https://api.example.com/p9>; rel="last"',
        'x-nom': 'café',
      },
      json: {},
    });
  });

  it('may lead on with blanks and letters of any kind', async () => {
    expect(await ask('to-space')).toMatchObject({ text: 'OK' });
  });

  it.each([
    ['post-moved', 'GET', ''],
    ['post-kept', 'POST', '{"a":1}'],
  ])('lead on as browsers go: %s becomes %s', async (name, method, body) => {
    expect(await ask(name, { method: 'POST', data: { a: 1 } })).toMatchObject({
      json: { method, path: '/echo', body },
    });
  });
});

describe('a server that is busy', () => {
  it.each([
    ['busy-date', 'SERVER answered 503', '<h1>busy</h1>'],
    ['busy-plain', 'SERVER answered 429', '{"retry_after":2}'],
  ])('is told with what it says: %s', async (name, message, details) => {
    expect(await refusal(name)).toMatchObject({ name: 'RetryableError', message, details });
  });

  it('has its own sentence told where it has one', async () => {
    await using server = await localServer((_, response) =>
      response
        .writeHead(503, { 'content-type': 'application/json' })
        .end(
          '{"error":{"code":"PROCOS_ADAPTER_UNAVAILABLE","message":"The mail server did not take the mail: 421 later"}}',
        ),
    );

    expect(await rejection(run({ url: `http://127.0.0.1:${server.port}/` }))).toHaveProperty(
      'message',
      `http://127.0.0.1:${server.port} answered 503: The mail server did not take the mail: 421 later`,
    );
  });
});
