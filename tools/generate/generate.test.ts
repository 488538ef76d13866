import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configTable } from '@procos/config';
import { taskContracts } from '@procos/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { findSettings } from './configuration.ts';
import { elementTemplate } from './element-template.ts';
import { findErrors } from './error-catalogues.ts';
import { root } from './find-modules.ts';
import { typeText } from './json-schema.ts';
import { table } from './markdown.ts';
import { applyDifferences, differences } from './write-or-check.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the error reference', () => {
  it('names every error of the catalogues, and none that there is not', async () => {
    const written = [...read('docs/reference/errors.md').matchAll(/^\| `(PROCOS_\w+)` \|/gm)].map(([, code]) => code);
    const declared = (await findErrors()).map(({ code }) => code);

    expect(written.toSorted()).toEqual(declared.toSorted());
    expect(new Set(written).size).toBe(written.length);
  });

  it('names the errors that have a class of their own', async () => {
    const sources = globSync('{libs,apps}/*/src/**/*.ts', { cwd: root, exclude: (name) => name === 'node_modules' }).filter((file) => !/\.test\.ts$|\/testing\//.test(file));
    const inClasses = sources.flatMap((file) => [...read(file).matchAll(/\bcode(?: =|:) '(PROCOS_\w+)'/g)].map(([, code]) => code));
    const declared = new Set((await findErrors()).map(({ code }) => code));

    expect(inClasses.length).toBeGreaterThan(0);
    expect(inClasses.filter((code) => code !== undefined && !declared.has(code))).toEqual([]);
  });

  it('tells with each error what to do', async () => {
    const incomplete = (await findErrors()).filter(({ message, remedy, when }) => [message, remedy, when].some((text) => text.trim() === ''));

    expect(incomplete).toEqual([]);
  });
});

describe('the settings', () => {
  it('of each app are those in its README and in the reference', async () => {
    const settings = await findSettings();
    const reference = read('docs/reference/configuration.md');

    expect(settings.length).toBeGreaterThanOrEqual(6);
    for (const { project, fields } of settings) {
      expect(read(`${project}/README.md`), project).toContain(configTable(fields));
      expect(reference, project).toContain(`## ${project}\n\n${configTable(fields)}`);
    }
  });
});

describe('the element template of a topic', () => {
  it.each(taskContracts.map((contract) => [contract.topic, contract] as const))('%s offers each input once', (topic, contract) => {
    const { properties } = JSON.parse(elementTemplate(contract)) as { properties: { value?: string; binding: { type: string; name: string } }[] };
    const inputs = properties.filter(({ binding }) => binding.type === 'camunda:inputParameter').map(({ binding }) => binding.name);

    expect(properties).toContainEqual({ type: 'Hidden', value: topic, binding: { type: 'property', name: 'camunda:topic' } });
    expect(inputs).toEqual(Object.keys(contract.input.properties));
  });
});

describe('generated files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'procos-generate-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('that are missing, changed by hand or left over are found and mended', () => {
    mkdirSync(join(folder, 'made'), { recursive: true });
    writeFileSync(join(folder, 'made/old.json'), '{}');
    writeFileSync(join(folder, 'made/same.json'), 'same');
    writeFileSync(join(folder, 'page.md'), 'edited');
    const files = new Map([
      ['made/new.json', 'new'],
      ['made/same.json', 'same'],
      ['page.md', 'generated'],
    ]);

    const found = differences(folder, files, 'made');

    expect(found).toEqual([
      { path: 'made/new.json', kind: 'missing' },
      { path: 'page.md', kind: 'differs' },
      { path: 'made/old.json', kind: 'left over' },
    ]);
    applyDifferences(folder, files, found);
    expect(differences(folder, files, 'made')).toEqual([]);
  });

  it('say types in words, and keep tables whole', () => {
    expect(typeText({ anyOf: [{ const: 'GET' }, { const: 'PUT' }] })).toBe('`GET`, `PUT`');
    expect(typeText({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toBe('whole number or nothing');
    expect(typeText({ type: 'array', items: { type: 'string' } })).toBe('list of text');
    expect(table(['A'], [['x | y\nz <b> `<c>`']])).toBe('| A |\n| --- |\n| x \\| y z \\<b> `<c>` |');
  });
});
