import type { FormField as FieldView, FormView } from '@procos/contracts';
import { type FormField, holdsExpression, type ModelForm } from '@procos/process-model';
import { readAnswer } from './read-answer.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A form as the API shows it. @param variables what is known by now: it stands in the fields, before their defaults */
export function formView(
  { formKey = null, fields }: Omit<ModelForm, 'formKey'> & { readonly formKey?: string | null | undefined },
  variables: Variables = {},
): FormView {
  return { formKey, fields: fields.map((field) => fieldView(field, variables)) };
}

function fieldView(field: FormField, variables: Variables): FieldView {
  const { id, label = null, type, choices, rules } = field;
  return {
    id,
    label,
    type,
    required: hasRule(field, 'required'),
    readonly: hasRule(field, 'readonly'),
    value: variables[id] ?? defaultOf(field) ?? null,
    choices: choices.map((choice) => ({ id: choice.id, name: choice.name ?? null })),
    rules: rules.map(({ name, config = null }) => ({ name, config })),
  };
}

export function hasRule({ rules }: FormField, wanted: string): boolean {
  return rules.some(({ name, config }) => name === wanted && config !== 'false');
}

/** What a field holds when nothing is answered; an expression has no value before the engine has evaluated it. */
export function defaultOf(field: FormField): unknown {
  const { defaultValue } = field;
  if (defaultValue === undefined || holdsExpression(defaultValue)) return undefined;
  const read = readAnswer(
    field,
    field.type === 'long' && /^-?\d+$/.test(defaultValue) ? Number(defaultValue) : defaultValue,
  );
  if (!('value' in read)) return undefined;
  return read.value instanceof Date ? read.value.toISOString() : read.value;
}
