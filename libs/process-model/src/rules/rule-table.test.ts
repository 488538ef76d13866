import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decisionRules } from '../decisions/decision-rules.ts';
import { formRules } from '../forms/lint-form.ts';
import { documentRules, modelRules, rules } from './rule-table.ts';

describe('the rule table', () => {
  it('names every rule once', () => {
    const ids = rules.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([
      'readable',
      'safe-intake',
      ...documentRules.map(({ id }) => id),
      ...modelRules.map(({ id }) => id),
      'decisions-readable',
      ...decisionRules.map(({ id }) => id),
      ...formRules.map(({ id }) => id),
      'engine',
      'engine-not-asked',
    ]);
  });

  it.each(rules)('$id says in whole sentences what it asks for, why, and what to do', ({ what, why, remedy }) => {
    for (const text of [what, why, remedy]) expect(text).toMatch(/^[A-Z<].*\.$/);
  });

  it('stands in the reference that the README names, rule by rule', async () => {
    const reference = await readFile(new URL('../../../../docs/reference/lint-rules.md', import.meta.url), 'utf8');

    for (const { id } of rules) expect(reference).toContain(`| \`${id}\` |`);
    expect(await readFile(new URL('../../README.md', import.meta.url), 'utf8')).toContain(
      'docs/reference/lint-rules.md',
    );
  });
});
