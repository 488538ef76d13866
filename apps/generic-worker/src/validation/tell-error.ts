import type { ErrorObject } from 'ajv';
import { faultWords, toFault } from '@procos/contracts';

/** One broken rule, for a person. */
export interface ToldError {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

type Params = Readonly<Record<string, unknown>>;

/** Tells one finding of the validator as a field, a rule and a sentence. The sentence holds rules, never the value itself. */
export function tellError(error: ErrorObject): ToldError {
  const fault = toFault(error);
  const params = error.params as Params;
  const unevaluated = params['unevaluatedProperty'];
  const field =
    typeof unevaluated === 'string' ? [fault.path, unevaluated].filter((part) => part !== '').join('.') : fault.path;
  return { field, rule: error.keyword, message: `${field === '' ? 'The data' : field} ${faultWords(error)}.` };
}
