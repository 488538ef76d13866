import { dataValidation } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { checkData, dataOrItsJson, mostFindings } from '../validation/check-data.ts';
import { compileSchema } from '../validation/compile-schema.ts';
import { type Finding, findWarnings } from '../validation/find-warnings.ts';
import { pointerOf } from '../validation/json-pointer.ts';
import { tellError } from '../validation/tell-error.ts';

/** Checks any data against rules, and says everything that is wrong with them at once. */
export function dataValidationTask(): TaskDefinition {
  return defineTask(dataValidation, async (input) => {
    const rules = compileSchema(input.validation_rules, { parameter: 'validation_rules', useDefaults: false });
    const checked = checkData(rules, dataOrItsJson(input.data ?? null, rules.schema));
    if (checked.kind === 'too-large') return verdict([{ path: '', rule: 'size', message: checked.message }], []);
    const errors = checked.kind === 'invalid' ? checked.errors.map((error) => ({ ...ruleAndMessage(tellError(error)), path: pointerOf(error) })) : [];
    return verdict(errors, findWarnings(rules.schema, checked.data, mostFindings));
  });
}

function ruleAndMessage({ rule, message }: { readonly rule: string; readonly message: string }) {
  return { rule, message };
}

function verdict(errors: readonly Finding[], warnings: readonly Finding[]) {
  return { valid: errors.length === 0, errors: [...errors], warnings: [...warnings] };
}
