import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BpmnError } from '@procos/errors';
import { fileOperationTask } from '../tasks/file-operation.ts';
import { benignPaths } from '../testing/benign-paths.ts';
import { escapingPaths, harmlessPaths } from '../testing/path-corpus.ts';
import { rejection, tryTask } from '../testing/try-task.ts';

let base: string;
let root: string;
let outside: string;
const canary = 'canary-of-the-outside';

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'procos-jail-'));
  root = join(base, 'root');
  outside = join(base, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret.txt'), canary);
});
afterEach(() => rm(base, { recursive: true, force: true }));

const run = (input: Record<string, unknown>) =>
  tryTask(fileOperationTask({ root, maxFileBytes: 10_000, quotaBytes: 1_000_000 }), input);
const write = (file_path: string, content: string) => run({ operation: 'write', file_path, content });

describe('the jail', () => {
  async function snapshot(): Promise<string> {
    const names = (await readdir(outside)).sort();
    const contents = await Promise.all(names.map((name) => readFile(join(outside, name), 'utf8')));
    return JSON.stringify([names, contents, (await readdir(base)).sort()]);
  }
  async function setTraps(): Promise<void> {
    await write('inside.txt', 'inside');
    await write('folder/x.txt', 'x');
    await symlink(join(outside, 'secret.txt'), join(root, 'link-to-file'));
    await symlink(outside, join(root, 'link-to-folder'));
    await symlink('/', join(root, 'link-to-root'));
    await symlink('/proc', join(root, 'link-to-proc'));
    await symlink('../../outside', join(root, 'folder/link-up'));
    await symlink('link-to-folder', join(root, 'link-to-link'));
    await symlink(join(outside, 'not-there-yet'), join(root, 'dangling-link'));
  }

  const escaping = new Set(escapingPaths());

  it(`lets nothing out and nothing in by any of ${escaping.size} paths`, async () => {
    expect(escaping.size).toBeGreaterThanOrEqual(500);
    await setTraps();
    const before = await snapshot();
    const requests = ['read', 'write', 'append', 'delete', 'list', 'stat', 'exists'].map(
      (operation) => (path: string) => ({ operation, file_path: path, content: 'x' }),
    );
    const moves = [
      (path: string) => ({ operation: 'move', file_path: path, target_path: 'stolen.txt' }),
      (path: string) => ({ operation: 'move', file_path: 'inside.txt', target_path: path }),
    ];

    for (const path of escaping) {
      for (const request of [...requests, ...moves]) {
        const outcome = await run(request(path)).catch((thrown: unknown) => {
          if (!(thrown instanceof BpmnError)) throw thrown;
          return thrown.message;
        });
        expect(JSON.stringify(outcome), `${JSON.stringify(path)} gave the secret away`).not.toContain(canary);
      }
    }

    expect(await snapshot()).toBe(before);
  }, 60_000);

  it.each([
    'link-to-file',
    'link-to-folder/secret.txt',
    'folder/link-up/secret.txt',
    '../outside/secret.txt',
    '/etc/passwd',
  ])('refuses to read %s', async (path) => {
    await setTraps();

    const thrown = await rejection(run({ operation: 'read', file_path: path }));

    expect(thrown).toBeInstanceOf(BpmnError);
    expect(thrown).toMatchObject({ code: 'FILE_REFUSED', message: expect.stringContaining('was refused') as string });
  });

  it.skipIf(process.platform === 'win32')('does not wait for the other end of a pipe', async () => {
    await write('a.txt', 'x');
    execFileSync('mkfifo', [join(root, 'pipe')]);

    expect(await rejection(run({ operation: 'read', file_path: 'pipe' }))).toMatchObject({
      code: 'FILE_REFUSED',
      message: '"pipe" was refused: it is no regular file.',
    });
  });

  it('refuses at most 5 of 1000 benign paths', async () => {
    const paths = benignPaths(1_000);
    const refused: string[] = [];

    for (const path of paths)
      await run({ operation: 'exists', file_path: path }).catch((thrown: unknown) =>
        refused.push(`${path}: ${String(thrown)}`),
      );

    expect(new Set(paths).size).toBe(1_000);
    expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(5);
  });

  it('refuses no ordinary path', async () => {
    expect(new Set(harmlessPaths).size).toBeGreaterThan(100);
    for (const [index, path] of harmlessPaths.entries()) {
      // Each in a folder of its own, so that `a` may be a file here and a folder there.
      const file_path = path.startsWith('d/') ? path : `case-${index}/${path}`;
      await run({ operation: 'write', file_path, content: path });
      expect(await run({ operation: 'read', file_path }), path).toMatchObject({ file_content: path });
    }
  });
});
