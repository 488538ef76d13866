import { describe, expect, it } from 'vitest';
import { lintForm } from './lint-form.ts';

const found = (text: string): string[] =>
  lintForm(text).map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`);

describe('a form', () => {
  it.each(['{"id":"ask","components":[]}', `{"id":"${'f'.repeat(255)}"}`])('is taken %#', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['', /^error form-readable: The form is no JSON: /],
    ['{"id":"ask"', /^error form-readable: The form is no JSON: /],
    ["{id:'ask'}", /^error form-readable: The form is no JSON: /],
    ['["ask"]', /^error form-readable: The form is no JSON object$/],
    ['null', /^error form-readable: The form is no JSON object$/],
    ['{"components":[]}', /^error form-key: The form has no id$/],
    ['{"id":" "}', /^error form-key: The form has no id$/],
    ['{"id":7}', /^error form-key: The form has no id$/],
    [`{"id":"${'f'.repeat(256)}"}`, /^error form-key: The id has 256 characters, and 255 are possible$/],
    [
      `{"id":"ask","x":"${'x'.repeat(8 * 1024 * 1024)}"}`,
      /^error form-readable: The form has more than 8388608 bytes$/,
    ],
  ])('that cannot be used is told %#', (text, finding) => {
    expect(found(text)).toEqual([expect.stringMatching(finding)]);
  });

  it('names the file', () => {
    expect(lintForm('{}', { file: 'ask.form' })).toMatchObject([{ file: 'ask.form', elementId: '', fixable: false }]);
  });
});
