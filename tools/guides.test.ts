import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = globSync('docs/implementation-guides/**/*.md', { cwd: root });

/** Code blocks that say which file they show. */
const shown = pages.flatMap((page) =>
  [...read(page).matchAll(/<!-- file: (\S+) -->\n```\w*\n([\s\S]*?)\n```/g)].map(([, file = '', code = '']) => ({
    page,
    file,
    code,
  })),
);

describe('the guides', () => {
  it('show files', () => {
    expect(shown.length).toBeGreaterThanOrEqual(5);
  });

  it.each(shown)('$page shows $file as it is', ({ file, code }) => {
    expect(code).toBe(read(file).trimEnd());
  });

  it.each(pages)('%s names files that are there', (page) => {
    const paths = [
      ...read(page).matchAll(/(?:^|[\s`@])((?:apps|docs|examples|libs|processes|tools)\/[\w./-]*\w)/g),
    ].map(([, path]) => path ?? '');

    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('show a worker in TypeScript that takes seventeen lines', () => {
    const [file = ''] = globSync('examples/workers/typescript/*.ts', { cwd: root });

    expect(
      read(file)
        .split('\n')
        .filter((line) => line.trim() !== '').length,
    ).toBeLessThanOrEqual(17);
  });
});
