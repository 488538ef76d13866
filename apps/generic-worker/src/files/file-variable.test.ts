import type { ServerResponse } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngineClient } from '@procos/engine-client';
import { RetryableError, TerminalError } from '@procos/errors';
import { fileOperationTask } from '../tasks/file-operation.ts';
import { localServer } from '../testing/local-server.ts';
import { rejection, tryTask } from '../testing/try-task.ts';
import { fileVariablesOf, type OpenFileVariable } from './file-variable.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'procos-file-variables-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('a File variable', () => {
  async function* piecesOf(...texts: string[]) {
    for (const text of texts) yield Buffer.from(text);
  }
  const files: OpenFileVariable = (instance, name) => {
    if (name !== 'report') throw new TerminalError(`The process has no variable ${name} that is a file or text.`);
    return Promise.resolve({ size: undefined, chunks: piecesOf('of ', instance), close: () => undefined });
  };
  const limits = { root: '', maxFileBytes: 1_000, quotaBytes: 10_000, inlineBytes: 10 };
  const withFiles = (input: Record<string, unknown>) =>
    tryTask(fileOperationTask({ ...limits, root, openFileVariable: files }), input);

  it('is what a large file becomes, and any file on demand', async () => {
    await withFiles({ operation: 'write', file_path: 'folder/small.txt', content: 'small' });
    await withFiles({ operation: 'write', file_path: 'large.txt', content: 'large enough' });

    const small = await withFiles({ operation: 'read', file_path: 'folder/small.txt', as_file: 'true' });

    expect(small).toMatchObject({
      file_content: null,
      file: { type: 'File', value: 'c21hbGw=', valueInfo: { filename: 'small.txt' } },
    });
    expect(await withFiles({ operation: 'read', file_path: 'large.txt' })).toMatchObject({
      file_content: null,
      file: { type: 'File' },
      file_size: 12,
    });
    expect(await withFiles({ operation: 'read', file_path: 'folder/small.txt' })).toMatchObject({
      file_content: 'small',
      file: null,
    });
  });

  it('is written as it comes', async () => {
    expect(await withFiles({ operation: 'write', file_path: 'a.txt', content_variable: 'report' })).toMatchObject({
      file_size: 'of instance-1'.length,
    });

    expect(await readFile(join(root, 'a.txt'), 'utf8')).toBe('of instance-1');
  });

  it.each([
    [{ content_variable: 'nothing' }, 'The process has no variable nothing that is a file or text.'],
    [{ content_variable: 'report', content: 'x' }, 'Only one of content and content_variable can be written.'],
  ])('that makes no sense is told: %j', async (input, message) => {
    const thrown = await rejection(withFiles({ operation: 'write', file_path: 'a.txt', ...input }));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', message);
  });
});

describe('a variable of the engine', () => {
  const signal = new AbortController().signal;
  const json = { 'content-type': 'application/json' };
  /** Reads a variable from an engine that describes it so, and gives its bytes so. */
  async function read(description: (response: ServerResponse) => void, data: (response: ServerResponse) => void) {
    await using server = await localServer(({ url = '' }, response) =>
      url.endsWith('/data') ? data(response) : description(response),
    );
    const client = createEngineClient({ baseUrl: `http://127.0.0.1:${server.port}/engine-rest` });
    try {
      const { chunks, size } = await fileVariablesOf(client)('i/1', 'my report', signal);
      const pieces: Uint8Array[] = [];
      for await (const chunk of chunks) pieces.push(chunk);
      return { bytes: Buffer.concat(pieces), size, url: server.seen.at(-1)?.url };
    } finally {
      await client.close();
    }
  }
  const described = (value: object) => (response: ServerResponse) =>
    void response.writeHead(200, json).end(JSON.stringify(value));
  const aFile = described({ type: 'File', value: null, valueInfo: { filename: 'a' } });
  const unasked = (response: ServerResponse) => void response.writeHead(500).end();

  it('that is a file is read byte for byte', async () => {
    const bytes = Buffer.alloc(300_000, 'äb');

    expect(
      await read(aFile, (response) => void response.writeHead(200, { 'content-length': bytes.length }).end(bytes)),
    ).toEqual({
      bytes,
      size: 300_000,
      url: expect.stringMatching(/i%2F1.+my%20report/) as string,
    });
  });

  it.each([
    { type: 'String', value: 'grüß' },
    { type: 'Object', value: '"grüß"', valueInfo: { serializationDataFormat: 'application/json' } },
  ])('that is text is its bytes: %j', async (value) => {
    expect(await read(described(value), unasked)).toMatchObject({ bytes: Buffer.from('grüß'), size: 6 });
  });

  it.each([
    ['missing', (response: ServerResponse) => void response.writeHead(404, json).end('{"message":"no"}')],
    ['a number', described({ type: 'Long', value: 1 })],
    ['a list', described({ type: 'Object', value: '[1]', valueInfo: { serializationDataFormat: 'application/json' } })],
  ])('that is %s is an incident', async (_, description) => {
    const thrown = await rejection(read(description, unasked));

    expect(thrown).toBeInstanceOf(TerminalError);
    expect(thrown).toHaveProperty('message', 'The process has no variable my report that is a file or text.');
  });

  it.each([
    ['an engine in trouble', unasked, aFile],
    ['an engine that loses it', aFile, unasked],
    [
      'a connection that is cut',
      aFile,
      (response: ServerResponse) =>
        void response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy()),
    ],
  ])('is tried again after %s', async (_, description, data) => {
    const thrown = await rejection(read(description, data));

    expect(thrown).toBeInstanceOf(RetryableError);
    expect((thrown as Error).message).toMatch(/^The variable my report cannot be read now: /);
  });
});
