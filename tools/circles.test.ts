import { globSync, readFileSync } from 'node:fs';
import { basename, join, posix, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

type Imports = ReadonlyMap<string, readonly string[]>;

const root = resolve(import.meta.dirname, '..');
const built = new Set(['node_modules', 'dist', 'out-tsc', 'generated', 'templates', '.nx', '.procos']);

/** File → the files beside it that it imports, types too: who reads one has to read the other. Between projects, lint refuses circles. */
function importsOf(files: readonly string[], read: (file: string) => string): Imports {
  const statement = /^(?:import|export)\b[^;'"]*?\bfrom '(\.[^']+)'/gm;
  return new Map(
    files.map((file) => [
      file,
      [...read(file).matchAll(statement)].map(([, path = '']) => posix.join(posix.dirname(file), path)),
    ]),
  );
}

/** Groups of files that lead to each other. Source: R. Tarjan, Depth-first search and linear graph algorithms, 1972. */
function circlesIn(imports: Imports): readonly (readonly string[])[] {
  const found = new Map<string, { readonly index: number; low: number }>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): { readonly index: number; low: number } => {
    const entry = { index: found.size, low: found.size };
    found.set(file, entry);
    open.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!imports.has(next)) continue;
      const known = found.get(next);
      if (known === undefined) entry.low = Math.min(entry.low, visit(next).low);
      else if (open.includes(next)) entry.low = Math.min(entry.low, known.index);
    }
    if (entry.low === entry.index) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.toSorted());
    }
    return entry;
  };
  for (const file of imports.keys()) if (!found.has(file)) visit(file);
  return circles;
}

const files = globSync('{apps,libs,processes,tools,examples}/**/*.{ts,mjs}', {
  cwd: root,
  exclude: (name) => built.has(basename(name)),
})
  .map((path) => path.split(sep).join('/'))
  .filter((path) => !path.endsWith('.test.ts'));

describe('files that import each other in a circle', () => {
  it('are nowhere', () => {
    const imports = importsOf(files, (file) => readFileSync(join(root, file), 'utf8'));

    expect([...imports.values()].flat().length).toBeGreaterThan(1_000);
    expect(circlesIn(imports)).toEqual([]);
  });

  it('would be found, also over a type and over several files', () => {
    const texts: Readonly<Record<string, string>> = {
      'a/one.ts': "import type { Two } from './two.ts';\n",
      'a/two.ts': "import { three } from '../b/three.ts';\nimport { four } from './four.ts';\n",
      'b/three.ts': "export { one } from '../a/one.ts';\n",
      'a/four.ts': "import { join } from 'node:path';\n",
    };

    const circles = circlesIn(importsOf(Object.keys(texts), (file) => texts[file] ?? ''));

    expect(circles).toEqual([['a/one.ts', 'a/two.ts', 'b/three.ts']]);
  });
});
