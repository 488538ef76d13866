import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A lib, for whom it is, and where it is entered. */
export interface Lib {
  /** Such as `task-worker`. */
  readonly name: string;
  /** `public`: for people who build on ProcOS, a change of it is a change for them. `internal`: for this repository alone. */
  readonly audience: 'public' | 'internal';
  /** What is imported, such as `@procos/service-kit/adapter`, and its source, by path from the root. */
  readonly entries: readonly { readonly specifier: string; readonly file: string }[];
}

/** Reads every lib and what its `src/index.ts` begins with. @throws Error when one does not say for whom it is */
export function findLibs(root: string): readonly Lib[] {
  return globSync('libs/*/package.json', { cwd: root })
    .toSorted()
    .map((path): Lib => {
      const folder = path.split(sep).slice(0, 2).join('/');
      const name = folder.replace('libs/', '');
      return { name, audience: audienceOf(root, `${folder}/src/index.ts`), entries: entriesOf(root, folder) };
    });
}

function audienceOf(root: string, file: string): Lib['audience'] {
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const [, mark] = /^\/\*\*(?:(?!\*\/)[\s\S])*@(public|internal)\b(?:(?!\*\/)[\s\S])*\*\//.exec(text) ?? [];
  if (mark !== 'public' && mark !== 'internal')
    throw new Error(
      `${file} does not say for whom the lib is.\n  → Begin it with /** @packageDocumentation @public */ (people build on it: its surface is written to docs/reference/api) or /** @packageDocumentation @internal */ (for this repository alone).`,
    );
  return mark;
}

function entriesOf(root: string, folder: string): Lib['entries'] {
  const { name, exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, unknown>>;
  };
  return Object.entries(exports).flatMap(([subpath, target]) => {
    if (typeof target !== 'object' || target === null || !('@procos/source' in target)) return [];
    return [{ specifier: join(name, subpath), file: join(folder, String(target['@procos/source'])) }];
  });
}
