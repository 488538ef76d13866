import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const built = new Set(['node_modules', 'dist', 'out-tsc', 'target', 'coverage', '.git', '.nx', '.procos']);
const find = (pattern: string | readonly string[]) =>
  globSync([...[pattern].flat()], { cwd: root, exclude: (name) => built.has(basename(name)) })
    .map((path) => path.split(sep).join('/'))
    .toSorted();
const folders = (pattern: string) =>
  find(pattern).filter((path) => !built.has(basename(path)) && statSync(join(root, path)).isDirectory());
// A folder left behind with nothing but build output in it is no part of the repository.
const inUse = (folder: string) => find(`${folder}/**/*`).some((path) => statSync(join(root, path)).isFile());

const rooms = ['apps/*', 'libs/*', 'processes/*', 'infra/*', 'tools/*', 'docs/*', 'examples/*', '.github/*']
  .flatMap(folders)
  .filter(inUse);
const sources = find(['{apps,libs,processes,tools,examples}/**/*.{ts,mts,mjs,js}', '*.{ts,mjs}']);
const texts = find([
  '**/*.{ts,mts,mjs,js,json,md,yml,yaml,xml,java,properties,bpmn,template}',
  '.github/**/*',
  '.ci/*',
  '.npmrc',
]).filter((path) => statSync(join(root, path)).isFile());

describe('the map of the repository', () => {
  const table = /## Which folder holds what\n\n(?<rows>(?:\|.*\n)+)/.exec(read('AGENTS.md'))?.groups?.['rows'] ?? '';
  const named = [...table.matchAll(/^\| `([^`]+)` \| (.+?) \| (.+?) \|$/gm)];

  it('names every folder, and none that is gone', () => {
    expect(named.map(([, folder]) => folder).toSorted()).toEqual(rooms.toSorted());
  });

  it('says of each folder what lives there and what may not', () => {
    for (const [, folder, here, notHere] of named) {
      expect(here?.length, folder).toBeGreaterThan(10);
      expect(notHere?.length, folder).toBeGreaterThan(3);
    }
  });

  it('leads to places that are there', () => {
    const pages = ['AGENTS.md', 'CONTRIBUTING.md', 'SECURITY.md', 'tools/README.md', 'docs/README.md'];
    const paths = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:apps|libs|processes|infra|tools|docs)\/[\w./-]+)`/g)].map(([, path]) => path ?? ''),
    );

    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('each room', () => {
  const withReadme = [...folders('apps/*'), ...folders('libs/*')].filter(inUse);

  it.each([...withReadme, 'processes', 'tools', 'docs', 'infra/engine'])('%s has a README of one screen', (folder) => {
    expect(existsSync(join(root, folder, 'README.md')), `${folder}/README.md`).toBe(true);
    expect(read(`${folder}/README.md`).split('\n').length).toBeLessThanOrEqual(100);
  });

  it.each(withReadme)('%s says what it owns and what it never does', (folder) => {
    const readme = read(`${folder}/README.md`);

    expect(readme).toMatch(/^# \S+/);
    expect(readme).toMatch(/\*\*Owns\*\*/);
    expect(readme).toMatch(/\*\*Never( does)?\*\*/);
  });

  it.each(folders('libs/*').filter(inUse))('%s shows how it is used', (folder) => {
    expect(read(`${folder}/README.md`)).toMatch(/^```ts\n[\s\S]+?\n```$/m);
  });

  it.each(find('apps/*/src/config.ts').map((path) => path.replace('/src/config.ts', '')))(
    '%s shows its settings and how to run it alone',
    (folder) => {
      const readme = read(`${folder}/README.md`);

      expect(readme).toContain('<!-- config:begin -->');
      expect(readme).toMatch(/alone[\s\S]+?(--conditions=@procos\/source .*src\/main\.ts|npx procos)/im);
    },
  );
});

describe('each source', () => {
  it('is of a size that can be read', () => {
    // What is generated is read at its source.
    const written = sources.filter((path) => !path.includes('/generated/'));
    const large = written.filter((path) => read(path).split('\n').length > 401);

    expect(large).toEqual([]);
  });

  it('is found', () => {
    expect(sources.length).toBeGreaterThan(700);
    expect(sources.filter((path) => path.endsWith('.test.ts')).length).toBeGreaterThan(200);
  });

  it('has a name that says what is inside', () => {
    expect(sources.filter((path) => /(^|[-/.])(utils?|helpers?|common|managers?|misc)\.\w+$/.test(path))).toEqual([]);
  });

  it('says publish, report or render in the names of paths and exports: tell could mean each of them', () => {
    const family = new Set(['tell', 'tells', 'told', 'telling', 'teller']);
    const wordsOf = (name: string) =>
      name
        .replace(/([a-z\d])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .split(/[^a-z\d]+/);
    const isOfFamily = (name: string) => wordsOf(name).some((word) => family.has(word));
    const declared =
      /^export (?:default )?(?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
    const handedOn = /^export (?:type )?\{([^}]*)\}/gm;
    const exportsOf = (text: string) => [
      ...Array.from(text.matchAll(declared), ([, name = '']) => name),
      ...Array.from(text.matchAll(handedOn), ([, names = '']) => names.split(',').map((name) => name.trim())).flat(),
    ];
    const exports = sources.flatMap((path) => exportsOf(read(path)).map((name) => ({ path, name })));

    expect(exports.length).toBeGreaterThan(1_000);
    expect(exports.filter(({ name }) => isOfFamily(name))).toEqual([]);
    // The name of a process belongs to its author.
    expect(sources.filter((path) => isOfFamily(path.replaceAll('tell_the_team', '')))).toEqual([]);
    const wrong = [
      'tellFaults',
      'createToldEvents',
      'is_told',
      'TOLD_BY',
      'a/told-failures/b.ts',
      'a.told.ts',
      'type x as tellX',
    ];
    expect(wrong.filter((name) => !isOfFamily(name))).toEqual([]);
    expect(exportsOf('export function* tellX() {}\nexport { one as toldY } from')).toEqual(['tellX', 'one as toldY']);
    expect(['tellurium', 'intelligent', 'Satellite'].filter(isOfFamily)).toEqual([]);
  });

  it('is finished', () => {
    const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);

    expect(sources.filter((path) => marks.test(read(path)))).toEqual([]);
  });

  it('leaves no test out without a reason', () => {
    const tests = sources.filter((path) => path.endsWith('.test.ts'));

    expect(
      tests.filter((path) => /\b(it|test|describe)\.(skip|todo|only)\b|\bx(it|describe)\(/.test(read(path))),
    ).toEqual([]);
  });
});

describe('what runs without the checkout', () => {
  it('reaches for no file of tools', () => {
    const shipped = sources.filter((path) => /^(apps|libs)\//.test(path) && !path.startsWith('apps/system-e2e/'));

    expect(shipped.length).toBeGreaterThan(300);
    expect(shipped.filter((path) => /['"`/]tools\/[\w-]/.test(read(path)))).toEqual([]);
  });

  it('has its types in its sources: none is written down beside them', () => {
    expect(find('{apps,libs,processes,tools}/**/*.d.mts')).toEqual([]);
  });
});

describe('an entry point', () => {
  it.each(find('apps/*/src/main.ts'))('%s is short: it reads the environment, puts together and starts', (path) => {
    expect(read(path).split('\n').length).toBeLessThanOrEqual(41);
  });

  it.each(find('libs/*/src/index.ts'))('%s holds nothing but named re-exports', (path) => {
    const code = read(path).replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '');

    expect(code.replaceAll(/export (type )?\{[^}]*\} from '\.\/[^']+\.(ts|mjs)';/g, '').trim()).toBe('');
  });
});

describe('the repository', () => {
  it('holds no path of one machine and no name of a private host', () => {
    const found = texts
      .filter((path) => path !== 'tools/house.test.ts')
      .flatMap((path) => {
        const match = /(?<![\w.])\/(?:home|root|Users|work)\/[\w-]+\/|[\w-]+\.(?:internal|corp|lan)\b(?=[:/])/.exec(
          read(path),
        );
        return match === null ? [] : [`${path}: ${match[0]}`];
      });

    expect(found).toEqual([]);
  });

  it('locks packages by hash and leaves the registry open', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
    };
    const installed = Object.entries(packages).filter(
      ([path, { link }]) => path.includes('node_modules/') && link !== true,
    );

    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
    expect(
      Object.values(packages).filter(({ resolved, link }) => link !== true && /^https?:/.test(resolved ?? '')),
    ).toEqual([]);
  });

  it('runs workflows that call its own entry point, with actions pinned by commit', () => {
    const workflows = find('.github/workflows/*.yml');

    expect(workflows.length).toBeGreaterThan(0);
    for (const path of workflows) {
      const actions = [...read(path).matchAll(/uses: (\S+)/g)].map(([, action]) => action);
      expect(
        actions.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? '')),
        path,
      ).toEqual([]);
      expect(read(path)).toContain('run: .ci/run');
    }
  });

  it('uses exact versions only', () => {
    const loose = find(['package.json', '{apps,libs}/*/package.json', '{processes,tools}/package.json']).flatMap(
      (path) => {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path)) as Record<
          string,
          Record<string, string> | undefined
        >;
        return Object.entries({ ...dependencies, ...devDependencies })
          .filter(([, version]) => !/^(?:npm:[a-z-]+@)?\d+\.\d+\.\d+$/.test(version))
          .map(([name]) => `${path}: ${name}`);
      },
    );

    expect(loose).toEqual([]);
  });

  it('has one version: of every package, image and copy in the compose file, and written in no source', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    const packages = find(['{apps,libs}/*/package.json', '{processes,tools}/package.json']).map((path) => [
      path,
      (JSON.parse(read(path)) as { readonly version: string }).version,
    ]);
    const images = find('infra/**/{Dockerfile,compose.yaml}').flatMap((path) =>
      [...read(path).matchAll(/(?:ARG VERSION=|\$\{PROCOS_VERSION:-)([^\s}]+)/g)].map(([, found]) => [path, found]),
    );

    expect(packages.length).toBeGreaterThan(20);
    expect(images.length).toBeGreaterThan(10);
    expect([...packages, ...images].filter(([, found]) => found !== version)).toEqual([]);
    expect(
      sources.filter((path) => /^(apps|libs)\/(?!.*\.test\.ts$)/.test(path) && read(path).includes(`'${version}'`)),
    ).toEqual([]);
  });
});
