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
import { propertiesOf, typeText } from './json-schema.ts';
import { table } from './markdown.ts';
import { findTopicExamples } from './topic-examples.ts';
import { servedBy } from './topics.ts';
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
    const sources = globSync('{libs,apps}/*/src/**/*.ts', {
      cwd: root,
      exclude: (name) => name === 'node_modules',
    }).filter((file) => !/\.test\.ts$|\/testing\//.test(file));
    const inClasses = sources.flatMap((file) =>
      [...read(file).matchAll(/\bcode(?: =|:) '(PROCOS_\w+)'/g)].map(([, code]) => code),
    );
    const declared = new Set((await findErrors()).map(({ code }) => code));

    expect(inClasses.length).toBeGreaterThan(0);
    expect(inClasses.filter((code) => code !== undefined && !declared.has(code))).toEqual([]);
  });

  it('tells with each error what to do', async () => {
    const incomplete = (await findErrors()).filter(({ message, remedy, when }) =>
      [message, remedy, when].some((text) => text.trim() === ''),
    );

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

interface TemplateProperty {
  readonly type: string;
  readonly label?: string;
  readonly group?: string;
  readonly value?: string;
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly constraints?: { readonly notEmpty: boolean };
  readonly binding: { readonly type: string; readonly name: string };
}
interface Template {
  readonly groups: readonly { readonly id: string; readonly label: string }[];
  readonly properties: readonly TemplateProperty[];
}

describe.each(taskContracts.map((contract) => [contract.topic, contract] as const))(
  'the element template of %s',
  (topic, contract) => {
    const template = JSON.parse(elementTemplate(contract)) as Template;
    const fields = template.properties.filter(({ binding }) => binding.type === 'camunda:inputParameter');

    it('offers each input once', () => {
      expect(template.properties).toContainEqual({
        type: 'Hidden',
        value: topic,
        binding: { type: 'property', name: 'camunda:topic' },
      });
      expect(fields.map(({ binding }) => binding.name)).toEqual(Object.keys(contract.input.properties));
    });

    it('asks for exactly what the contract needs', () => {
      const needed = fields
        .filter(({ constraints }) => constraints?.notEmpty === true)
        .map(({ binding }) => binding.name);

      expect(needed).toEqual(
        propertiesOf(contract.input)
          .filter(({ required, property }) => required && property.default === undefined)
          .map(({ name }) => name),
      );
    });

    // Source: JSON Schema of element templates, @camunda/element-templates-json-schema.
    it('keeps the rules of templates: known fields, labels, groups that are there, choices that differ', () => {
      const groups = new Set(template.groups.map(({ id }) => id));

      expect(template).toMatchObject({ name: contract.title, id: `procos.${topic}`, appliesTo: ['bpmn:ServiceTask'] });
      for (const { type, label, group, value, choices } of fields) {
        expect(['String', 'Text', 'Dropdown']).toContain(type);
        expect(label).toMatch(/^[A-Z]/);
        expect(groups).toContain(group);
        expect(choices !== undefined, label).toBe(type === 'Dropdown');
        const values = (choices ?? []).map((choice) => choice.value);
        expect(new Set(values).size, label).toBe(values.length);
        if (value !== undefined) expect(values, label).toContain(value);
      }
    });
  },
);

describe('a filled element template', () => {
  const numbers = taskContracts.flatMap((contract) =>
    propertiesOf(contract.input).flatMap(({ name, property: { type, default: preset = 1 } }) =>
      type === 'number' || type === 'integer' ? [[contract.topic, name, String(preset), contract] as const] : [],
    ),
  );

  it.each(numbers)('of %s gives %s as the text %j, which the worker takes', (_, name, text, contract) => {
    const field = (JSON.parse(elementTemplate(contract)) as Template).properties.find(
      ({ binding }) => binding.name === name,
    );
    const checked = contract.checkInput({ [name]: text });

    expect(field?.type).toBe('String');
    expect(checked.ok ? [] : checked.faults.filter(({ path }) => path === name)).toEqual([]);
  });

  it('of input_validation can say that the data are checked', () => {
    const { properties } = JSON.parse(
      read('libs/contracts/generated/element-templates/input-validation.json'),
    ) as Template;

    const field = properties.find(({ binding }) => binding.type === 'camunda:property' && binding.name === 'validate');
    expect(field?.choices?.map(({ value }) => value)).toEqual(['', 'data']);
  });
});

describe('the example of a topic', () => {
  const topics = taskContracts.map(({ topic }) => topic).filter((topic) => servedBy(topic) === 'generic-worker');

  it.each(topics)('%s is in a process to learn from, and in the reference', (topic) => {
    const example = findTopicExamples().get(topic);

    expect(example?.page, 'a process in processes/examples must use the topic').toMatch(/^processes\/examples\//);
    expect(read('docs/reference/topics.md')).toContain(example?.xml);
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

    const found = differences(folder, files, ['made']);

    expect(found).toEqual([
      { path: 'made/new.json', kind: 'missing' },
      { path: 'page.md', kind: 'differs' },
      { path: 'made/old.json', kind: 'left over' },
    ]);
    applyDifferences(folder, files, found);
    expect(differences(folder, files, ['made'])).toEqual([]);
  });

  it('say types in words, and keep tables whole', () => {
    expect(typeText({ anyOf: [{ const: 'GET' }, { const: 'PUT' }] })).toBe('`GET`, `PUT`');
    expect(typeText({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toBe('whole number or nothing');
    expect(typeText({ type: 'array', items: { type: 'string' } })).toBe('list of text');
    expect(table(['A'], [['x | y\nz <b> `<c>`']])).toBe('| A |\n| --- |\n| x \\| y z \\<b> `<c>` |');
  });
});
