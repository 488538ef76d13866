import type { ErrorObject } from 'ajv';
import { faultWords, toFault } from '@procos/contracts';

/** One broken rule, for a person. */
export interface DescribedError {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

type Params = Readonly<Record<string, unknown>>;

/** One finding of the validator as a field, a rule and a sentence. The sentence holds rules, never the value itself. */
export function describeError(error: ErrorObject): DescribedError {
  const fault = toFault(error);
  const params = error.params as Params;
  const unevaluated = params['unevaluatedProperty'];
  const field =
    typeof unevaluated === 'string' ? [fault.path, unevaluated].filter((part) => part !== '').join('.') : fault.path;
  return { field, rule: error.keyword, message: `${field === '' ? 'The data' : field} ${faultWords(error)}.` };
}
