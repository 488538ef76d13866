import { messageOf } from '@procos/errors';
import type { LintFileOptions } from '../decisions/lint-decisions.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { RuleDescription } from '../rules/rule.ts';

const formReadable: RuleDescription = {
  id: 'form-readable',
  severity: 'error',
  what: 'A form is a JSON document with an object, at most 8 MB.',
  why: 'The engine refuses what it cannot read, and nothing shows what only the engine can.',
  remedy: 'Correct the JSON at the place named, or export the form again from a form editor.',
  fixable: false,
};

const formKey: RuleDescription = {
  id: 'form-key',
  severity: 'error',
  what: 'A form has an id, a text of at most 255 characters: processes name it by that.',
  why: 'No process can name a form without id, and the engine keeps ids in a column of that width.',
  remedy: 'Write "id": "my_form" into the form.',
  fixable: false,
};

export const formRules: readonly RuleDescription[] = [formReadable, formKey];

const limit = { bytes: 8 * 1024 * 1024, id: 255 } as const;

/**
 * Judges a form (`.form`) as the engine does when it is deployed. It never throws for anything the text contains.
 *
 * @returns the findings; none for a form that can be deployed
 */
export function lintForm(text: string, { file }: LintFileOptions = {}): LintFinding[] {
  const place = file === undefined ? {} : { file };
  return judge(text).map((finding) => ({ ...place, ...finding }));
}

function judge(text: string): LintFinding[] {
  if (Buffer.byteLength(text, 'utf8') > limit.bytes)
    return [found(formReadable, `The form has more than ${limit.bytes} bytes`)];
  const form = read(text);
  if ('fault' in form) return [found(formReadable, form.fault)];
  const { value } = form;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [found(formReadable, 'The form is no JSON object')];
  const id = 'id' in value ? value.id : undefined;
  if (typeof id !== 'string' || id.trim() === '') return [found(formKey, 'The form has no id')];
  return id.length > limit.id
    ? [found(formKey, `The id has ${id.length} characters, and ${limit.id} are possible`)]
    : [];
}

function read(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: `The form is no JSON: ${messageOf(error).slice(0, 200)}` };
  }
}

function found({ id, severity, remedy }: RuleDescription, message: string): LintFinding {
  return { elementId: '', rule: id, severity, message, remedy, fixable: false };
}
