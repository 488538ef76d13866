import type { FormField, FormView } from '@procos/api-client';
import type { Io } from '../io.ts';
import { formatValue } from '../output/format.ts';
import { printable } from '../output/style.ts';
import { valueOf } from './variables.ts';

export interface Answers {
  readonly form: FormView;
  /** What was given on the command line, by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same as it was written, where it was: by the form it may be text that only looks like a number. */
  readonly written: Readonly<Record<string, string>>;
}

/** Gives what was written for fields of text back as text. */
export function asWritten({ form, variables, written }: Answers): Record<string, unknown> {
  const texts = form.fields.filter(
    ({ id, type }) => isText(type) && written[id] !== undefined && typeof variables[id] !== 'string',
  );
  return { ...variables, ...Object.fromEntries(texts.map(({ id }) => [id, written[id]])) };
}

function isText(type: string): boolean {
  return type === 'string' || type === 'enum' || type === 'date';
}

/**
 * Asks the person at the terminal for fields; without a terminal nothing is asked.
 *
 * @param which `required`: those that must be given and are not; `all`: every one that is not given
 * @returns the variables with the answers; Enter leaves a field out, or takes what it holds already
 */
export async function askForFields(
  io: Io,
  answers: Answers,
  which: 'required' | 'all',
): Promise<Record<string, unknown>> {
  const variables = asWritten(answers);
  const { question } = io;
  if (question === undefined) return variables;
  for (const field of answers.form.fields) {
    if (variables[field.id] !== undefined || field.readonly) continue;
    const mustAnswer = field.required && field.value === null;
    if (which === 'required' && !mustAnswer) continue;
    const answer = await askFor(question, field, mustAnswer);
    if (answer !== '') variables[field.id] = isText(field.type) ? answer : valueOf(field.id, answer);
  }
  return variables;
}

async function askFor(question: NonNullable<Io['question']>, field: FormField, mustAnswer: boolean): Promise<string> {
  for (;;) {
    const answer = (await question(promptOf(field))).trim();
    if (answer !== '' || !mustAnswer) return answer;
  }
}

function promptOf({ id, label, type, value, choices }: FormField): string {
  const kind = choices.length > 0 ? choices.map((choice) => choice.id).join(' | ') : type;
  const known = value === null || value === undefined ? '' : ` [${formatValue(value)}]`;
  return `${printable(label ?? id)} (${printable(kind)})${printable(known)}: `;
}
