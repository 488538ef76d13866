import { inputValidation } from '@procos/contracts';
import { TerminalError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { boundedJson, JsonBoundsError } from '../validation/bounded-json.ts';
import { type CompiledSchema, compileSchema } from '../validation/compile-schema.ts';
import { tellError, type ToldError } from '../validation/tell-error.ts';
import { OutOfTimeError, withinTime } from '../validation/within-time.ts';

const dataBounds = { depth: 64, values: 50_000, characters: 2_000_000 };
/** Ordinary checks take a few milliseconds; a busy machine may stop a thread for a good part of a second. */
const validateTimeMs = 1_000;
const mostErrors = 100;

/** Checks data against the JSON Schema of the model. Both are untrusted: bounded in size, and in the time they may take. */
export function inputValidationTask(): TaskDefinition {
  return defineTask(inputValidation, async (input, { properties }) => {
    const compiled = compileSchema(input.validation_schema);
    // Only the model may say so: a variable that a caller happens to name `data` must not stand in for those that are used.
    if (properties['validate'] === 'data') return validate(compiled, given(input.data ?? {}, compiled.schema));
    const variables = namedVariables(compiled.schema, input);
    const outcome = validate(compiled, variables);
    return { ...newVariables(variables, outcome.validated_data), ...outcome };
  });
}

/** The variables that the schema names: a schema property is a variable of the same name. */
function namedVariables(schema: unknown, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { properties = {} } = schema as { properties?: Readonly<Record<string, unknown>> };
  const names = Object.keys(properties);
  if (names.length === 0) throw new TerminalError('The validation_schema must name the variables to check in its properties.');
  return Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}

/** What the defaults of the schema added becomes variables, so that later steps find them set. */
function newVariables(before: Readonly<Record<string, unknown>>, validated: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(validated ?? {}).filter(([name]) => !Object.hasOwn(before, name)));
}

/** Text is taken for JSON unless the schema asks for text; what is no JSON is left for the schema to judge. */
function given(data: unknown, schema: unknown): unknown {
  if (typeof data !== 'string' || (schema as { type?: unknown }).type === 'string') return data;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    // No JSON: the text itself is the data.
    return data;
  }
}

function validate({ validate: check }: CompiledSchema, data: unknown) {
  try {
    const copy = withoutNulls(boundedJson(data, dataBounds));
    if (withinTime(validateTimeMs, () => check(copy))) return verdict([], copy);
    return verdict((check.errors ?? []).slice(0, mostErrors).map(tellError), null);
  } catch (thrown) {
    if (thrown instanceof JsonBoundsError) return verdict([{ field: '', rule: 'size', message: `The data is too large: it ${thrown.message}.` }], null);
    if (thrown instanceof OutOfTimeError) {
      throw new TerminalError(`The validation_schema cannot be used: checking the data ${thrown.message}.`, {
        details: 'A pattern that backtracks, or uniqueItems on a long list, takes too long on these data. Rewrite that rule.',
        cause: thrown,
      });
    }
    throw thrown;
  }
}

/** Expressions in models cannot leave a variable out: null counts as not given. */
function withoutNulls(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

function verdict(errors: readonly ToldError[], validated: unknown) {
  return {
    valid: errors.length === 0,
    validation_errors: [...errors],
    validation_message: errors.map((error) => error.message).join(' '),
    validated_data: validated,
  };
}
