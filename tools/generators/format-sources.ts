import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Tree } from '@nx/devkit';

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** Formats the sources that a generator has made or changed, once they are written. */
export function formatSources(tree: Tree): void {
  const files = tree
    .listChanges()
    .filter(({ path, type }) => type !== 'DELETE' && /\.m?ts$/.test(path))
    .map(({ path }) => path);
  if (files.length === 0) return;
  execFileSync(process.execPath, [biome, 'format', '--write', ...files], { cwd: tree.root, stdio: 'pipe' });
}
