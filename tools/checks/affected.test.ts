import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { affectedBy, changedSinceGreen, projectsOf, rememberGreen, treeOf } from './affected.mjs';
import { affectsEngineTestsOfTools, readByEngineTestsOfTools } from './scope.mjs';
import { allSteps } from './steps.mjs';

const root = resolve(import.meta.dirname, '../..');
const projects = [
  { name: 'errors', folder: 'libs/errors', uses: [] },
  { name: 'engine-client', folder: 'libs/engine-client', uses: ['errors'] },
  { name: 'gateway', folder: 'apps/gateway', uses: ['engine-client'] },
  { name: 'mail', folder: 'libs/mail', uses: [] },
  { name: 'tools', folder: 'tools', uses: ['errors'] },
];

describe('what a change affects', () => {
  it.each([
    [
      'a lib: whatever uses it, however far',
      ['libs/errors/src/index.ts'],
      ['engine-client', 'errors', 'gateway', 'tools'],
    ],
    ['an app: itself, and the rules of the house', ['apps/gateway/src/app.ts'], ['gateway', 'tools']],
    ['a text: the rules of the house', ['docs/index.md', 'README.md'], ['tools']],
    ['what no test reads: nothing', ['.github/workflows/ci.yml'], []],
    ['nothing: nothing', [], []],
    ['the settings of all: anything', ['vitest.project.ts', 'libs/mail/src/index.ts'], undefined],
    ['the engine: anything', ['infra/engine/pom.xml'], undefined],
    ['the packages: anything', ['package-lock.json'], undefined],
  ])('is, of %s', (_, files, expected) => {
    expect(affectedBy(files, projects)).toEqual(expected);
  });

  it('knows every project of the repository by the name and the folder that its tests have', () => {
    const all = projectsOf(root);

    expect(all.map(({ folder }) => folder)).toEqual(
      expect.arrayContaining(['libs/errors', 'apps/gateway', 'apps/system-e2e', 'processes', 'tools']),
    );
    expect(all.find(({ name }) => name === 'gateway')?.uses).toContain('engine-client');
  });

  it('is run by unit tests, tests on an engine and one end-to-end test; the generators and the rest are told', () => {
    const affected = projectsOf(root).filter(({ name }) => ['gateway', 'tools'].includes(name));

    const scope = { projects: affected, generators: false, engineOfTools: true, lintRules: false, leftOut: [] };
    const steps = allSteps(root, scope);

    const argsOf = (name: string, of = steps) => of.find((step) => step.name === name)?.args.join(' ');
    expect(argsOf('unit')).toContain('--project=gateway --project=tools --exclude=**/generators.test.ts');
    expect(argsOf('engine')).toContain('apps/gateway/ tools/ examples/');
    expect(argsOf('engine', allSteps(root, { ...scope, engineOfTools: false }))).toContain('apps/gateway/ examples/');
    expect(argsOf('lint')).toMatch(/ apps\/gateway tools examples infra \S+ \S+$/);
    expect(argsOf('lint', allSteps(root, { ...scope, lintRules: true }))).toMatch(/eslint\.js \.$/);
    expect(argsOf('e2e')).toContain('src/running-system.e2e.test.ts');
  });
});

describe('the tests in tools that need an engine', () => {
  it.each([
    ['a file of tools', ['tools/engine/engine-calls.ts'], ['tools'], true],
    ['a lib that they import', ['libs/json/src/index.ts'], ['json', 'process-model', 'tools'], true],
    ['a model that is shipped', ['processes/system/a/a.bpmn'], ['processes', 'tools'], true],
    ['a lib that they know nothing of', ['libs/mail/src/index.ts'], ['mail', 'email-adapter', 'tools'], false],
  ])('are affected by a change of %s: %j', (_, changed, affected, isAffected) => {
    expect(affectsEngineTestsOfTools(changed, affected)).toBe(isAffected);
  });

  it('import nothing else', () => {
    const sources = globSync('tools/{agreement,engine}/*.ts', { cwd: root });
    const imports = sources.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/'@procos\/([a-z-]+)/g)].map(([, name]) => name),
    );
    const elsewhere = globSync('tools/**/*.engine.test.ts', { cwd: root }).filter((file) => !sources.includes(file));

    expect(elsewhere).toEqual([]);
    expect(readByEngineTestsOfTools).toEqual(expect.arrayContaining([...new Set(imports)]));
  });
});

describe('the last run in which everything passed', () => {
  let folder: string;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'procos-affected-'));
    git('init', '--quiet');
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
    writeFileSync(join(folder, 'one.txt'), '1');
    git('add', '--all');
    git('commit', '--quiet', '--message=one');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is none at first: everything is run', () => {
    expect(changedSinceGreen(folder, treeOf(folder))).toBeUndefined();
  });

  it('is compared with the files as they are: committed, changed, new and deleted ones', () => {
    rememberGreen(folder, treeOf(folder));
    expect(changedSinceGreen(folder, treeOf(folder))).toEqual([]);

    writeFileSync(join(folder, 'two.txt'), '2');
    git('add', '--all');
    git('commit', '--quiet', '--message=two');
    mkdirSync(join(folder, 'new folder'));
    writeFileSync(join(folder, 'new folder/three.txt'), '3');
    rmSync(join(folder, 'one.txt'));

    expect(changedSinceGreen(folder, treeOf(folder))?.sort()).toEqual(['new folder/three.txt', 'one.txt', 'two.txt']);
  });

  it('changes nothing that Git tells of the checkout', () => {
    writeFileSync(join(folder, 'two.txt'), '2');
    const before = git('status', '--porcelain').toString();

    treeOf(folder);

    expect(git('status', '--porcelain').toString()).toBe(before);
    expect(before).toBe('?? two.txt\n');
  });

  it('counts for nothing when what it saw is gone', () => {
    rememberGreen(folder, 'a'.repeat(40));

    expect(changedSinceGreen(folder, treeOf(folder))).toBeUndefined();
  });
});
