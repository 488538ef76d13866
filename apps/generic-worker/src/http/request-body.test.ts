import { afterAll, describe, expect, it } from 'vitest';
import { Agent } from 'undici';
import { TerminalError } from '@procos/errors';
import { httpRequestTask } from '../tasks/http-request.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, tryTask } from '../testing/try-task.ts';

const dispatcher = new Agent();
afterAll(() => dispatcher.destroy());
const task = httpRequestTask({ dispatcher, secrets: new Map(), maxBytes: 10_000 });
const ok = () => localServer((_, response) => response.end());

/** What the server got. */
async function sent(input: Record<string, unknown>) {
  await using server = await ok();
  await tryTask(task, { method: 'POST', url: `http://127.0.0.1:${server.port}/`, ...input });
  const [seen] = server.seen;
  if (seen === undefined) throw new TypeError('The server was not asked');
  return { ...seen, contentType: seen.headers['content-type'] ?? '' };
}

describe('the body of a request', () => {
  it.each([
    ['JSON, also of a text', { body_type: 'json', data: 'a "text"' }, 'application/json', '"a \\"text\\""'],
    [
      'JSON of a type of its own',
      { body_type: 'json', data: { a: 1 }, headers: { 'content-type': 'application/merge-patch+json' } },
      'application/merge-patch+json',
      '{"a":1}',
    ],
    [
      'a form',
      { body_type: 'form', data: { a: 'x y&', b: [1, true], c: null } },
      'application/x-www-form-urlencoded',
      'a=x+y%26&b=1&b=true',
    ],
    [
      'a form given as JSON text',
      { body_type: 'form', data: '{"a":"ü"}' },
      'application/x-www-form-urlencoded',
      'a=%C3%BC',
    ],
    ['raw text', { body_type: 'text', data: '{"a":1}' }, 'text/plain; charset=utf-8', '{"a":1}'],
  ])('is %s', async (_, input, contentType, body) => {
    expect(await sent(input)).toMatchObject({ contentType, body });
  });

  it('is any bytes, given as base64', async () => {
    const bytes = Buffer.from([0, 255, 128, 13, 10]);

    const seen = await sent({ method: 'PUT', body_type: 'binary', data: bytes.toString('base64') });

    expect(seen).toMatchObject({ contentType: 'application/octet-stream', bytes });
    expect(seen.headers['content-length']).toBe('5');
  });

  it('has parts: texts, and files of text or any bytes', async () => {
    const picture = Buffer.from([137, 80, 0, 255]);
    const data = {
      title: 'grüß "dich"',
      tags: ['a', 'b'],
      nothing: null,
      picture: { content: picture.toString('base64'), filename: 'a "b"\r\nx: y.png', content_type: 'image/png' },
      note: { content: 'a,b\n', encoding: 'utf-8', filename: 'note.csv', content_type: 'text/csv' },
    };

    const seen = await sent({ body_type: 'multipart', data });
    const form = await new Response(new Uint8Array(seen.bytes), {
      headers: { 'content-type': seen.contentType },
    }).formData();
    const [file, note] = [form.get('picture'), form.get('note')];

    expect(seen.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect([form.get('title'), form.getAll('tags'), form.has('nothing')]).toEqual(['grüß "dich"', ['a', 'b'], false]);
    if (!(file instanceof File) || !(note instanceof File)) throw new TypeError('A file did not arrive as one');
    expect([file.type, Buffer.from(await file.arrayBuffer())]).toEqual(['image/png', picture]);
    expect([note.type, note.name, await note.text()]).toEqual(['text/csv', 'note.csv', 'a,b\n']);
    // A file name cannot start a header of its own.
    expect(seen.bytes.toString('latin1')).toContain('filename="a %22b%22%0D%0Ax: y.png"');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('goes with %s', async (method) => {
    expect(await sent({ method, data: { a: 1 } })).toMatchObject({ method, body: '{"a":1}' });
  });

  it.each([
    [{ body_type: 'binary', data: 'ü' }, 'The data is no base64 text, as the encoding says it is.'],
    [{ body_type: 'binary', data: { a: 1 } }, 'The data of a binary body must be base64 text.'],
    [{ body_type: 'text', data: { a: 1 } }, 'The data of a text body must be text.'],
    [{ body_type: 'form', data: [1] }, 'The parameter data must be an object.'],
    [{ body_type: 'form', data: { a: {} } }, 'The query parameter a is no text, number or truth value.'],
    [
      { body_type: 'multipart', data: { a: 'x' }, headers: { 'content-type': 'multipart/form-data' } },
      'The header content-type of a multipart body is set by the worker itself.',
    ],
    [
      { body_type: 'multipart', data: { a: { content: 'no base64!' } } },
      'The part a is no base64 text, as the encoding says it is.',
    ],
    [
      { body_type: 'multipart', data: { a: { content: 1 } } },
      'The part a must be text, or a file: {content, encoding: base64 or utf-8, filename, content_type}.',
    ],
    [{ method: 'HEAD', data: 'x' }, 'HEAD takes no data; put it into params or use another method.'],
  ])('that makes no sense is refused before it is sent: %j', async (input, message) => {
    await using server = await ok();

    const thrown = await rejection(
      tryTask(task, { method: 'POST', url: `http://127.0.0.1:${server.port}/`, ...input }),
    );

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', message);
    expect(server.seen).toEqual([]);
  });
});
