import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './find-modules.ts';
import { publicApiPages } from './public-api.ts';
import { findLibs } from './public-libs.ts';

const libs = findLibs(root);
const publicNames = libs.filter(({ audience }) => audience === 'public').map(({ name }) => `@procos/${name}`);

describe('the public surface', () => {
  it('is that of some libs, not of all', () => {
    expect(publicNames).toContain('@procos/task-worker');
    expect(libs.length).toBeGreaterThan(publicNames.length);
  });

  it('names nothing that is for this repository alone', () => {
    const pages = publicNames.map((name) =>
      readFileSync(join(root, `docs/reference/api/${name.replace('@procos/', '')}.md`), 'utf8'),
    );
    const named = new Set(pages.flatMap((page) => page.match(/@procos\/[a-z-]+/g) ?? []));

    expect(named.size).toBeGreaterThanOrEqual(publicNames.length);
    expect([...named].filter((name) => !publicNames.includes(name))).toEqual([]);
  });

  it('holds whatever a generated service, a guide or an example imports', () => {
    const files = globSync(
      ['tools/templates/**/*.*', 'docs/implementation-guides/**/*.*', 'examples/workers/**/*.{ts,mts,mjs}'],
      { cwd: root, exclude: (name) => name === 'node_modules' },
    );
    const imported = new Set(
      files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/from '(@procos\/[a-z-]+)/g)]),
    );

    expect(imported.size).toBeGreaterThan(0);
    expect([...imported].map(([, name]) => name).filter((name = '') => !publicNames.includes(name))).toEqual([]);
  });
});

describe('the page of a lib', () => {
  const folder = mkdtempSync(join(tmpdir(), 'procos-api-'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const index = (mark: string, exports: string) => write('libs/sample/src/index.ts', `/** ${mark} */\n${exports}\n`);
  const pageNow = () => publicApiPages(folder).map(([, content]) => content);
  beforeAll(() => {
    mkdirSync(join(folder, 'libs/sample/src'), { recursive: true });
    cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
    write(
      'libs/sample/package.json',
      JSON.stringify({ name: '@procos/sample', exports: { '.': { '@procos/source': './src/index.ts' } } }),
    );
    write(
      'libs/sample/src/made.ts',
      [
        `import type { Hidden } from './hidden.ts';`,
        `export function make(name: string, hidden: Hidden) { return { name, long: hidden.size > 1 }; }`,
        `/** @internal */`,
        `export const secretly = 1;`,
        `export const here = 2;`,
      ].join('\n'),
    );
    write('libs/sample/src/hidden.ts', 'export interface Hidden { readonly size: number }\nexport const unused = 1;\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has what is exported with the types that follow from the code, what that is made of, and nothing else', () => {
    index(
      '@public',
      `export { make, secretly } from './made.ts';\n/** @internal */\nexport { here } from './made.ts';`,
    );

    const [page = ''] = pageNow();

    expect(page.split('```ts\n').slice(1)).toEqual([
      [
        'export declare function make(name: string, hidden: Hidden): {',
        '    name: string;',
        '    long: boolean;',
        '};',
        '```',
        '',
        'Not exported, but part of it:',
        '',
        '',
      ].join('\n'),
      'export interface Hidden {\n    readonly size: number;\n}\n```\n',
    ]);
  });

  it('changes with a type behind a type', () => {
    index('@public', `export { make } from './made.ts';`);
    const before = pageNow();
    write('libs/sample/src/hidden.ts', 'export interface Hidden { readonly size: bigint }\n');

    expect(pageNow()[0]).toBe(before[0]?.replace('readonly size: number', 'readonly size: bigint'));
    expect(pageNow()).not.toEqual(before);
  });

  it('is not written for a lib that is for this repository alone', () => {
    index('@packageDocumentation @internal', `export { make } from './made.ts';`);

    expect(pageNow()).toEqual([]);
  });

  it('is refused for a lib that does not say for whom it is', () => {
    write('libs/sample/src/index.ts', `/** What is made. */\n/** @public */\nexport { make } from './made.ts';\n`);

    expect(pageNow).toThrow(/^libs\/sample\/src\/index\.ts does not say for whom the lib is\.\n {2}→ Begin it with/);
  });
});
