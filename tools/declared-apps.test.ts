import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { defaultEnginePort } from '@procos/contracts';
import { describe, expect, it } from 'vitest';
import { findDeclarations } from './generate/declared-apps.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const apps = await findDeclarations();
const ofSystem = apps.filter(({ runs }) => runs !== 'alone');

describe('the declared apps', () => {
  it('are all that can be started, but for the command line', () => {
    const started = globSync('apps/*/src/main.ts', { cwd: root }).map((path) => path.split(sep)[1]);

    expect(apps.map(({ name }) => name).toSorted()).toEqual(started.filter((name) => name !== 'cli').toSorted());
  });

  it('listen on a port each', () => {
    const ports = [defaultEnginePort, ...apps.map(({ port }) => port)];

    expect(new Set(ports).size).toBe(ports.length);
  });

  it('begin with the one that starts the engine', () => {
    expect(apps.filter(({ runs }) => runs === 'first').map(({ name }) => name)).toEqual(['kernel']);
  });

  it.each(apps)('$name is what its main.ts runs', ({ name }) => {
    expect(read(`apps/${name}/src/main.ts`)).toBe(
      "import { runApp } from '@procos/service-kit';\nimport { declaration } from './declaration.ts';\n\nawait runApp(declaration, process.env);\n",
    );
  });

  it.each(apps)('$name takes its port, and what it waits for, from settings of its own', ({ name, runs, fields }) => {
    const own = Object.values(fields).map(({ env }) => env);

    expect(own).toContain(`PROCOS_${name.toUpperCase().replaceAll('-', '_')}_PORT`);
    if (typeof runs === 'object') expect(own).toContain(runs.whenSet);
  });

  it('can be loaded by the command line, which runs them', () => {
    const { dependencies } = JSON.parse(read('apps/cli/package.json')) as { dependencies: Record<string, string> };
    // One of the distributed mode alone runs as a process and need not be installed.
    const loaded = ofSystem.filter(({ runs }) => runs !== 'distributed').map(({ name }) => `@procos/${name}`);

    expect(loaded.length).toBeGreaterThan(5);
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(loaded));
  });

  it('have ports among the twenty that the tests of whole systems look for', () => {
    expect(read('apps/system-e2e/src/launched-system.ts')).toContain(
      'Array.from({ length: 20 }, (_, index) => 8080 + ',
    );
    expect(ofSystem.filter(({ port }) => port < 8080 || port > 8099)).toEqual([]);
  });
});
