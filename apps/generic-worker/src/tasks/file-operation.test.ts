import { link, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BpmnError, RetryableError, TerminalError } from '@procos/errors';
import { asOutcome } from '../files/file-errors.ts';
import { rejection, taskContext, tryTask } from '../testing/try-task.ts';
import { fileOperationTask } from './file-operation.ts';

let base: string;
let root: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'procos-files-'));
  root = join(base, 'root');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const run = (
  input: Record<string, unknown>,
  limits: { maxFileBytes?: number; quotaBytes?: number } = {},
  attempt = 1,
) =>
  tryTask(
    fileOperationTask({ root, maxFileBytes: 1_000, quotaBytes: 10_000, ...limits }),
    input,
    taskContext({ lease: { ...taskContext().lease, attempt } }),
  );
const write = (file_path: string, content: string) => run({ operation: 'write', file_path, content });

async function expectRefused(work: Promise<unknown>, code: string, message: string | RegExp): Promise<void> {
  const thrown = await rejection(work);
  expect(thrown).toBeInstanceOf(BpmnError);
  expect(thrown).toMatchObject({ code });
  expect((thrown as Error).message).toMatch(message);
}

describe('a file', () => {
  it('is written with its folders and read again', async () => {
    expect(await write('notes/today.txt', 'grüß dich')).toMatchObject({
      success: true,
      exists: true,
      file_type: 'file',
      file_size: 11,
    });

    expect(await run({ operation: 'read', file_path: 'notes/today.txt' })).toMatchObject({
      file_content: 'grüß dich',
      file_size: 11,
    });
    expect(await readdir(join(root, 'notes'))).toEqual(['today.txt']);
  });

  it('is replaced as a whole', async () => {
    await write('a.txt', 'a long first content');
    await write('a.txt', 'short');

    expect(await readFile(join(root, 'a.txt'), 'utf8')).toBe('short');
  });

  it('travels as base64 when it holds any bytes', async () => {
    const content = Buffer.from([0, 255, 128, 10]).toString('base64');
    await run({ operation: 'write', file_path: 'b.bin', content, encoding: 'base64' });

    expect(await run({ operation: 'read', file_path: 'b.bin', encoding: 'base64' })).toMatchObject({
      file_content: content,
    });
    await expectRefused(
      run({ operation: 'read', file_path: 'b.bin' }),
      'FILE_REFUSED',
      /no UTF-8 text; read it with encoding windows-1252 when a spreadsheet wrote it, else with base64/,
    );
  });

  it('grows by append, made when it is missing', async () => {
    await run({ operation: 'append', file_path: 'log.txt', content: 'one\n' });
    await Promise.all(
      Array.from({ length: 20 }, () => run({ operation: 'append', file_path: 'log.txt', content: 'more\n' })),
    );

    expect((await readFile(join(root, 'log.txt'), 'utf8')).split('\n').sort()).toEqual([
      '',
      ...Array.from({ length: 20 }, () => 'more'),
      'one',
    ]);
  });

  it('is whole at every moment while others write it', async () => {
    const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(900));
    await write('busy.txt', contents[0] ?? '');

    const seen = await Promise.all([
      ...contents.map((content) => write('busy.txt', content).then(() => content)),
      ...Array.from(
        { length: 30 },
        async () => (await run({ operation: 'read', file_path: 'busy.txt' }))['file_content'],
      ),
    ]);

    expect(seen.filter((content) => !contents.includes(String(content)))).toEqual([]);
  });

  it('is deleted', async () => {
    await write('a.txt', 'x');

    expect(await run({ operation: 'delete', file_path: 'a.txt' })).toMatchObject({
      success: true,
      exists: false,
      file_type: null,
    });
    await expectRefused(
      run({ operation: 'delete', file_path: 'a.txt' }),
      'FILE_NOT_FOUND',
      'There is nothing at "a.txt".',
    );
  });

  it('moves to a free name only', async () => {
    await write('a.txt', 'x');
    await write('taken.txt', 'y');

    await expectRefused(
      run({ operation: 'move', file_path: 'a.txt', target_path: 'taken.txt' }),
      'FILE_REFUSED',
      /"taken.txt" was refused: it exists already/,
    );
    await expectRefused(
      run({ operation: 'move', file_path: 'a.txt', target_path: './a.txt' }),
      'FILE_REFUSED',
      /where the file is already/,
    );
    expect(await run({ operation: 'move', file_path: 'a.txt', target_path: 'new/b.txt' })).toMatchObject({
      exists: false,
    });
    expect(await readFile(join(root, 'new/b.txt'), 'utf8')).toBe('x');
  });

  it('finishes a move that was cut off half-way', async () => {
    await write('a.txt', 'x');
    await link(join(root, 'a.txt'), join(root, 'b.txt'));

    await run({ operation: 'move', file_path: 'a.txt', target_path: 'b.txt' });

    expect(await readdir(root)).toEqual(['b.txt']);
  });

  it('that an earlier attempt has deleted or moved already is deleted or moved', async () => {
    await write('b.txt', 'moved');

    expect(await run({ operation: 'delete', file_path: 'gone.txt' }, {}, 2)).toMatchObject({
      success: true,
      exists: false,
    });
    expect(await run({ operation: 'move', file_path: 'a.txt', target_path: 'b.txt' }, {}, 2)).toMatchObject({
      success: true,
      exists: false,
    });
    expect(await readdir(root)).toEqual(['b.txt']);
  });

  it.each([
    ['the first attempt, which has done nothing yet, to delete', { operation: 'delete', file_path: 'a.txt' }, 1],
    [
      'the first attempt, which has done nothing yet, to move',
      { operation: 'move', file_path: 'a.txt', target_path: 'b.txt' },
      1,
    ],
    [
      'a further attempt to move, with nothing at the target,',
      { operation: 'move', file_path: 'a.txt', target_path: 'c.txt' },
      2,
    ],
  ])('is missing for %s', async (_, input, attempt) => {
    await write('b.txt', 'x');

    await expectRefused(run(input, {}, attempt), 'FILE_NOT_FOUND', 'There is nothing at "a.txt".');
  });

  it('that is missing is a way of the model', async () => {
    await expectRefused(
      run({ operation: 'read', file_path: 'no/such.txt' }),
      'FILE_NOT_FOUND',
      'There is nothing at "no/such.txt".',
    );
    await expectRefused(
      run({ operation: 'stat', file_path: 'no.txt' }),
      'FILE_NOT_FOUND',
      'There is nothing at "no.txt".',
    );
    expect(await run({ operation: 'exists', file_path: 'no/such.txt' })).toMatchObject({
      success: true,
      exists: false,
    });
  });
});

describe('a folder', () => {
  it('is listed by name', async () => {
    await write('z.txt', 'x');
    await write('a/b.txt', 'x');
    await symlink(base, join(root, 'm'));

    expect(await run({ operation: 'list', file_path: '.' })).toMatchObject({
      file_type: 'folder',
      file_entries: [
        { name: 'a', type: 'folder' },
        { name: 'm', type: 'other' },
        { name: 'z.txt', type: 'file' },
      ],
    });
    expect(await run({ operation: 'stat', file_path: 'a' })).toMatchObject({
      exists: true,
      file_type: 'folder',
      file_size: null,
    });
  });

  it('that is new and empty can be listed', async () => {
    expect(await run({ operation: 'list', file_path: '.' })).toMatchObject({ exists: true, file_entries: [] });
  });

  it.each(['read', 'delete', 'write', 'append'])('is refused by %s (trap T13)', async (operation) => {
    await write('a/b.txt', 'x');

    await expectRefused(run({ operation, file_path: 'a', content: 'x' }), 'FILE_REFUSED', /is no regular file/);
    await expectRefused(run({ operation, file_path: '.', content: 'x' }), 'FILE_REFUSED', /is the folder itself/);
  });
});

describe('limits', () => {
  it('hold for one file', async () => {
    await expectRefused(
      write('big.txt', 'x'.repeat(1_001)),
      'FILE_REFUSED',
      /would have 1001 bytes and the limit is 1000/,
    );
    await write('a.txt', 'x'.repeat(990));
    await expectRefused(
      run({ operation: 'append', file_path: 'a.txt', content: 'x'.repeat(11) }),
      'FILE_REFUSED',
      /would have 1001 bytes/,
    );
    await expectRefused(
      run({ operation: 'read', file_path: 'a.txt' }, { maxFileBytes: 100 }),
      'FILE_REFUSED',
      /has 990 bytes and the limit is 100/,
    );
  });

  it('hold for all files together', async () => {
    for (let index = 0; index < 10; index++) await write(`f/${index}.txt`, 'x'.repeat(1_000));

    await expectRefused(write('one-more.txt', 'x'), 'FILE_REFUSED', /over its quota of 10000 bytes/);
    expect(await write('f/0.txt', 'y'.repeat(1_000))).toMatchObject({ success: true });
  });
});

describe('input that makes no sense', () => {
  it('is told', async () => {
    const missing = await rejection(run({ operation: 'write', file_path: 'a' }));
    const noBase64 = await rejection(run({ operation: 'write', file_path: 'a', content: 'ü', encoding: 'base64' }));

    expect(missing).toBeInstanceOf(TerminalError);
    expect(missing).toHaveProperty('message', 'Missing required parameter: content');
    expect(noBase64).toBeInstanceOf(TerminalError);
    expect(noBase64).toHaveProperty('message', 'The content is no base64 text, as the encoding says it is.');
  });
});

describe('a failure of the file system', () => {
  it.each([
    ['ENOSPC', RetryableError],
    ['EIO', RetryableError],
    ['EACCES', TerminalError],
    ['EROFS', TerminalError],
    ['ELOOP', BpmnError],
    ['ENOENT', BpmnError],
  ])('%s is an outcome', (code, kind) => {
    expect(asOutcome(Object.assign(new Error('x'), { code }), 'a.txt')).toBeInstanceOf(kind);
  });

  it('that nobody knows stays what it is', () => {
    const bug = new TypeError('x');

    expect(asOutcome(bug, 'a.txt')).toBe(bug);
  });
});
