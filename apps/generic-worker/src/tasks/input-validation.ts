import { inputValidation } from '@procos/contracts';
import { UnreadableValue } from '@procos/engine-client';
import { TerminalError } from '@procos/errors';
import { defineTask, type TaskDefinition, unreadableVariable } from '@procos/task-worker';
import { type CheckData, type DataCheck, dataOrItsJson } from '../validation/check-data.ts';
import { readSchema } from '../validation/read-schema.ts';
import { describeError, type DescribedError } from '../validation/describe-error.ts';

/** Checks the variables that the JSON Schema of the model names, and gives those that are missing its defaults. */
export function inputValidationTask(checkData: CheckData): TaskDefinition {
  return defineTask(inputValidation, async (input, { properties, lease: { signal } }) => {
    const schema = readSchema(input.validation_schema);
    const validate = async (data: unknown) =>
      outcomeOf(await checkData(schema, data, { signal, prepare: withoutNulls }));
    // Only the model may say so: a variable that a caller happens to name `data` must not stand in for those that are used.
    if (properties['validate'] === 'data') return validate(dataOrItsJson(input.data ?? {}, schema.schema));
    const variables = namedVariables(schema.schema, input);
    const outcome = await validate(variables);
    return { ...newVariables(variables, outcome.validated_data), ...outcome };
  });
}

/** The variables that the schema names: a schema property is a variable of the same name. */
function namedVariables(schema: unknown, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, unknown>> };
  const names = Object.keys(properties);
  if (names.length === 0)
    throw new TerminalError('The validation_schema must name the variables to check in its properties.');
  const given = names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]] as const);
  for (const [name, value] of given) {
    if (value instanceof UnreadableValue) throw unreadableVariable(name, value);
  }
  return Object.fromEntries(given);
}

/** What the defaults of the schema added becomes variables, so that later steps find them set. */
function newVariables(before: Readonly<Record<string, unknown>>, validated: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(validated ?? {}).filter(([name]) => !Object.hasOwn(before, name)));
}

function outcomeOf(checked: DataCheck) {
  if (checked.kind === 'valid') return verdict([], checked.data);
  if (checked.kind === 'invalid') return verdict(checked.errors.map(describeError), null);
  return verdict([{ field: '', rule: 'size', message: checked.message }], null);
}

/** Expressions in models cannot leave a variable out: null counts as not given. */
function withoutNulls(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

function verdict(errors: readonly DescribedError[], validated: unknown) {
  return {
    valid: errors.length === 0,
    validation_errors: [...errors],
    validation_message: errors.map((error) => error.message).join(' '),
    validated_data: validated,
  };
}
