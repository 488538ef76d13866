import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, utimes, writeFile as writePlain } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BpmnError, RetryableError } from '@procos/errors';
import { rejection } from '../testing/try-task.ts';
import { appendFile, deleteFile, writeFile } from './change-files.ts';
import { folderUsage, removeLeftovers } from './folder-size.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'procos-change-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const content = (letter: string, size: number) => ({ size, chunks: [Buffer.alloc(size, letter)] });

describe('a writer that is killed', () => {
  it('leaves the old content or the new one, never a part, ten times out of ten', async () => {
    const size = 2_000_000;
    const script = fileURLToPath(new URL('../testing/write-for-ever.ts', import.meta.url));
    for (let round = 0; round < 10; round++) {
      const writer = spawn(process.execPath, ['--conditions=@procos/source', script, root, String(size)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(writer.stdout, 'data');
      // Another moment of the cycle each time.
      await new Promise((resolve) => setTimeout(resolve, round * 7));
      writer.kill('SIGKILL');
      await once(writer, 'exit');

      const bytes = await readFile(join(root, 'sub/victim.txt'));
      expect(bytes.length).toBe(size);
      expect(bytes.equals(Buffer.alloc(size, bytes[0]))).toBe(true);
    }
    expect((await folderUsage(root)).bytes).toBe(size);
  }, 60_000);
});

describe('what a killed writer left', () => {
  it('is removed when it is old, and only then', async () => {
    const names = [
      '.procos-00000000-0000-0000-0000-000000000000.tmp',
      '.procos-00000000-0000-0000-0000-000000000001.tmp',
      'a.tmp',
    ];
    for (const name of names) await writePlain(join(root, name), 'x');
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of [names[0] ?? '', 'a.tmp']) await utimes(join(root, name), old, old);

    await removeLeftovers(root);

    expect((await readdir(root)).sort()).toEqual(names.slice(1));
  });
});

describe('an append that fails half-way', () => {
  /** A disk that is full after two bytes. */
  async function fullDisk() {
    await using probe = await open(root);
    const handles = Object.getPrototypeOf(probe) as typeof probe;
    return vi.spyOn(handles, 'writeFile').mockImplementationOnce(async function (this: typeof probe, data) {
      await this.write((data as Buffer).subarray(0, 2));
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
  }
  const jail = () => ({ root, maxFileBytes: 1_000, quotaBytes: 10_000 });
  afterEach(() => vi.restoreAllMocks());

  it('leaves the file as it was', async () => {
    await writePlain(join(root, 'log.txt'), 'one\n');
    await fullDisk();

    expect(await rejection(appendFile(jail(), 'log.txt', Buffer.from('two\n')))).toBeInstanceOf(RetryableError);

    expect(await readFile(join(root, 'log.txt'), 'utf8')).toBe('one\n');
  });

  it('leaves no file where there was none', async () => {
    await fullDisk();

    expect(await rejection(appendFile(jail(), 'log.txt', Buffer.from('two\n')))).toBeInstanceOf(RetryableError);

    expect(await readdir(root)).toEqual([]);
  });
});

describe('the number of files', () => {
  const jail = () => ({ root, maxFileBytes: 1_000, quotaBytes: 10_000, maxFiles: 5 });

  it('is limited, however small they are and however many are written at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0
          ? writeFile(jail(), `f/${index}`, content('x', 0))
          : appendFile(jail(), `f/${index}`, Buffer.alloc(0)),
      ),
    );

    expect(await readdir(join(root, 'f'))).toHaveLength(5);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(BpmnError);
    expect(refused?.reason).toMatchObject({
      code: 'FILE_REFUSED',
      message: expect.stringMatching(/more than the 5 files that the folder may hold/) as string,
    });
  });

  it('does not hinder work on the files that are there', async () => {
    for (let index = 0; index < 5; index++) await writeFile(jail(), `${index}`, content('x', 10));

    await writeFile(jail(), '0', content('y', 20));
    await appendFile(jail(), '1', Buffer.from('z'));
    await deleteFile(jail(), '2');
    await writeFile(jail(), 'new', content('x', 10));

    expect(await rejection(writeFile(jail(), 'one-more', content('x', 10)))).toMatchObject({ code: 'FILE_REFUSED' });
  });
});

describe('the quota', () => {
  const jail = () => ({ root, maxFileBytes: 1_000, quotaBytes: 10_000 });
  const kept = (results: readonly PromiseSettledResult<unknown>[]) =>
    results.filter(({ status }) => status === 'fulfilled').length;

  it('holds while many write at once, to the last byte', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => writeFile(jail(), `f/${index}.txt`, content('x', 1_000))),
    );

    expect(kept(results)).toBe(10);
    expect((await folderUsage(root)).bytes).toBe(10_000);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(BpmnError);
    expect(refused?.reason).toMatchObject({
      code: 'FILE_REFUSED',
      message: expect.stringMatching(/over its quota of 10000 bytes/) as string,
    });
  });

  it('holds while many append at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 130 }, (_, index) => appendFile(jail(), `${index % 13}.txt`, Buffer.alloc(100, 'x'))),
    );

    expect(kept(results)).toBe(100);
    expect((await folderUsage(root)).bytes).toBe(10_000);
  });

  it('counts what another process has written or removed before it refuses anything', async () => {
    for (let index = 0; index < 9; index++) await writeFile(jail(), `${index}.txt`, content('x', 1_000));
    await rm(join(root, '0.txt'));
    await writeFile(jail(), 'a.txt', content('y', 1_000));
    await deleteFile(jail(), '1.txt');
    await writeFile(jail(), 'b.txt', content('y', 1_000));

    await writeFile(jail(), 'c.txt', content('y', 1_000));

    expect((await folderUsage(root)).bytes).toBe(10_000);
    expect(await rejection(writeFile(jail(), 'd.txt', content('y', 1)))).toMatchObject({ code: 'FILE_REFUSED' });
  });

  it('holds when what was to be replaced is gone meanwhile', async () => {
    for (let index = 0; index < 10; index++) await writeFile(jail(), `${index}.txt`, content('x', 1_000));
    async function* slow() {
      yield Buffer.alloc(500, 'y');
      await deleteFile(jail(), '0.txt');
      await writeFile(jail(), 'another.txt', content('z', 1_000));
      yield Buffer.alloc(500, 'y');
    }

    expect(await rejection(writeFile(jail(), '0.txt', { size: 1_000, chunks: slow() }))).toMatchObject({
      code: 'FILE_REFUSED',
    });

    expect((await folderUsage(root)).bytes).toBe(10_000);
    expect((await readdir(root)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('gets back what a failed writer was promised', async () => {
    async function* broken() {
      yield Buffer.alloc(10);
      throw new RetryableError('cut off');
    }
    for (let index = 0; index < 20; index++) {
      expect(await rejection(writeFile(jail(), 'a.txt', { size: 1_000, chunks: broken() }))).toBeInstanceOf(
        RetryableError,
      );
    }

    await Promise.all(Array.from({ length: 10 }, (_, index) => writeFile(jail(), `${index}.txt`, content('x', 1_000))));

    expect((await folderUsage(root)).bytes).toBe(10_000);
    expect(await readdir(root)).not.toContain('a.txt');
  });

  it.each([
    ['more than it announced', 5, '"a.txt" was refused: it would have more than 5 bytes.'],
    ['more than a file may have, unannounced', undefined, '"a.txt" was refused: it would have more than 1000 bytes.'],
  ])('is not cheated by a content of %s', async (_, size, message) => {
    const chunks = [Buffer.alloc(600), Buffer.alloc(600)];

    expect(await rejection(writeFile(jail(), 'a.txt', { size, chunks }))).toMatchObject({
      code: 'FILE_REFUSED',
      message,
    });
    expect(await readdir(root)).toEqual([]);
  });
});
