import { builtinModules } from 'node:module';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const folders = globSync('{apps,libs}/*/package.json', { cwd: root })
  .map((path) => path.replace('/package.json', ''))
  .toSorted();
const isShipped = (path: string) => !/\.test\.ts$|\/testing\//.test(path);

/** Names of the packages that the sources of a folder need at run time. */
function imported(folder: string): readonly string[] {
  const sources = globSync(`${folder}/src/**/*.ts`, { cwd: root }).filter(isShipped);
  const names = sources.flatMap((path) =>
    [...read(path).matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([^'.][^']*)'|^import '([^'.][^']*)'/gm)].map(
      ([, from, only]) => from ?? only ?? '',
    ),
  );
  return [
    ...new Set(
      names
        .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    ),
  ];
}

// An image holds what package.json names: in the checkout an import is found all the same.
describe('the packages that an image holds', () => {
  it('are looked for in what sources import', () => {
    expect(folders.flatMap(imported).length).toBeGreaterThan(100);
  });

  it.each(folders.filter((folder) => !['libs/testing', 'apps/system-e2e'].includes(folder)))(
    'are all that %s imports',
    (folder) => {
      const { dependencies = {} } = JSON.parse(read(`${folder}/package.json`)) as {
        dependencies?: Record<string, string>;
      };

      expect(imported(folder).filter((name) => !(name in dependencies))).toEqual([]);
    },
  );
});
