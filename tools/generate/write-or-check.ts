import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** How the files on disk differ from what would be generated now. */
export interface Difference {
  readonly path: string;
  readonly kind: 'missing' | 'differs' | 'left over';
}

/** @param owned folders whose whole content is generated */
export function differences(
  root: string,
  files: ReadonlyMap<string, string>,
  owned: readonly string[],
): readonly Difference[] {
  const wanted = [...files].flatMap(([path, content]): readonly Difference[] => {
    const file = join(root, path);
    if (!existsSync(file)) return [{ path, kind: 'missing' }];
    return readFileSync(file, 'utf8') === content ? [] : [{ path, kind: 'differs' }];
  });
  const there = globSync(
    owned.map((folder) => `${folder}/**/*.*`),
    { cwd: root },
  ).map((path) => path.split(sep).join('/'));
  const leftOver = there.filter((path) => !files.has(path)).map((path): Difference => ({ path, kind: 'left over' }));
  return [...wanted, ...leftOver];
}

/** Makes the files on disk what they should be. */
export function applyDifferences(root: string, files: ReadonlyMap<string, string>, found: readonly Difference[]): void {
  for (const { path } of found) {
    const content = files.get(path);
    if (content === undefined) rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  }
}
