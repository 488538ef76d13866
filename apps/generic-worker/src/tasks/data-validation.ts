import { dataValidation } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { type CheckData, dataOrItsJson } from '../validation/check-data.ts';
import { type Finding, findWarnings } from '../validation/find-warnings.ts';
import { pointerOf } from '../validation/json-pointer.ts';
import { readSchema } from '../validation/read-schema.ts';
import { mostFindings } from '../validation/run-check.ts';
import { describeError } from '../validation/describe-error.ts';

/** Checks any data against rules, and says everything that is wrong with them at once. */
export function dataValidationTask(checkData: CheckData): TaskDefinition {
  return defineTask(dataValidation, async (input, { lease: { signal } }) => {
    const rules = readSchema(input.validation_rules, { parameter: 'validation_rules', useDefaults: false });
    const checked = await checkData(rules, dataOrItsJson(input.data ?? null, rules.schema), { signal });
    if (checked.kind === 'too-large') return verdict([{ path: '', rule: 'size', message: checked.message }], []);
    const errors =
      checked.kind === 'invalid'
        ? checked.errors.map((error) => ({ ...ruleAndMessage(describeError(error)), path: pointerOf(error) }))
        : [];
    return verdict(errors, findWarnings(rules.schema, checked.data, mostFindings));
  });
}

function ruleAndMessage({ rule, message }: { readonly rule: string; readonly message: string }) {
  return { rule, message };
}

function verdict(errors: readonly Finding[], warnings: readonly Finding[]) {
  return { valid: errors.length === 0, errors: [...errors], warnings: [...warnings] };
}
