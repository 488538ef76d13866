import type { FormField } from '@procos/process-model';
import { gatewayErrors } from '../errors.ts';
import { defaultOf, hasRule } from './form-view.ts';
import { readAnswer } from './read-answer.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface AnswersToCheck {
  readonly fields: readonly FormField[];
  readonly given: Variables;
  /** What the instance knows already: it answers a field that is not given. @default nothing */
  readonly known?: Variables;
  /** What the form belongs to, for the message: `process bills`, `task 123 (Approve)`. */
  readonly what: string;
  /** Where the form can be looked at. */
  readonly where: string;
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

/**
 * Checks answers against a form, all fields at once, before anything is started or completed.
 *
 * @returns the variables given, those of the form in their types, with the defaults of the fields that were left out
 * @throws PROCOS_GATEWAY_FORM
 */
export function checkAnswers({ fields, given, known = {}, what, where }: AnswersToCheck): Record<string, unknown> {
  const answers: Record<string, unknown> = { ...given };
  const faults: Fault[] = [];
  for (const field of fields) {
    const fault = checkField(field, answers, known);
    if (fault !== undefined) faults.push({ field: field.id, message: fault });
  }
  if (faults.length === 0) return answers;
  const rendered = faults.map(({ field, message }) => `${field} ${message}`).join('; ');
  throw gatewayErrors.PROCOS_GATEWAY_FORM({ what, where, faults: rendered, fields: faults.map(({ field }) => field) });
}

/** Puts the answer to one field in its place. @returns what is wrong with it */
function checkField(field: FormField, answers: Record<string, unknown>, known: Variables): string | undefined {
  const { id } = field;
  const given = answers[id];
  if (isMissing(given)) {
    const byDefault = isMissing(known[id]) ? defaultOf(field) : undefined;
    if (byDefault !== undefined) return checkField(field, Object.assign(answers, { [id]: byDefault }), known);
    return hasRule(field, 'required') && isMissing(known[id]) ? `is required${labelOf(field)}` : undefined;
  }
  if (hasRule(field, 'readonly'))
    return given === known[id] || given === defaultOf(field) ? undefined : 'can only be read';
  const read = readAnswer(field, given);
  if ('fault' in read) return read.fault;
  answers[id] = read.value;
  return field.rules
    .map(({ name, config }) => brokenRule(name, config, read.value))
    .find((fault) => fault !== undefined);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function labelOf({ label }: FormField): string {
  return label === undefined ? '' : ` (${label})`;
}

/** The rules that every engine has; a bound that is an expression, or a rule of somebody's own, is left to the engine. */
function brokenRule(name: string, config: string | undefined, value: unknown): string | undefined {
  const bound = config === undefined || config.trim() === '' ? Number.NaN : Number(config);
  if (Number.isNaN(bound)) return undefined;
  if (name === 'min' && typeof value === 'number' && value < bound) return `must be at least ${bound}`;
  if (name === 'max' && typeof value === 'number' && value > bound) return `must be at most ${bound}`;
  if (name === 'minlength' && typeof value === 'string' && value.length < bound)
    return `must be at least ${bound} characters long`;
  if (name === 'maxlength' && typeof value === 'string' && value.length > bound)
    return `must be at most ${bound} characters long`;
  return undefined;
}
