import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { documentRules, modelRules, rules } from './rule-table.ts';

describe('the rule table', () => {
  it('names every rule once', () => {
    const ids = rules.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(['readable', 'safe-intake', ...documentRules.map(({ id }) => id), ...modelRules.map(({ id }) => id), 'engine', 'engine-not-asked']);
  });

  it.each(rules)('$id says in whole sentences what it asks for, why, and what to do', ({ what, why, remedy }) => {
    for (const text of [what, why, remedy]) expect(text).toMatch(/^[A-Z<].*\.$/);
  });

  it('stands in the README of this library, row by row', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

    const shown = readme.split('\n').filter((line) => line.startsWith('| `'));
    expect(shown).toEqual(rules.map(({ id, severity, fixable, what }) => `| \`${id}\` | ${severity} | ${fixable ? 'yes' : ''} | ${what} |`));
  });
});
