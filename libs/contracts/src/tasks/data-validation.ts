import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

/** One rule and the place where it does not hold. */
const Finding = Type.Object({
  path: Type.String({
    description: 'Where, as a JSON Pointer (RFC 6901): `/items/0/price`; empty for the data as a whole.',
  }),
  rule: Type.String({ description: 'The JSON Schema keyword, for example `required` or `maximum`.' }),
  message: Type.String({ description: 'A whole sentence that names the rule, never the value.' }),
});

/** Source: generic worker of the reference, topic `data_validation`. */
export const dataValidation = defineTaskContract({
  topic: 'data_validation',
  title: 'Validate data',
  description:
    'Checks any data against a JSON Schema (draft 2020-12 or 7). Data that break it are a result, not a failure; they stay as they are.',
  input: Type.Object({
    data: Type.Optional(Type.Unknown({ description: 'What is checked: any value, or its JSON text. Absent = null.' })),
    validation_rules: Type.Union([Type.Object({}), Type.String()], {
      description: 'JSON Schema as an object or as JSON text. References outside the schema itself are refused.',
    }),
  }),
  output: Type.Object({
    valid: Type.Boolean({ description: 'True when every rule holds; warnings do not count.' }),
    errors: Type.Array(Finding, { description: 'Every broken rule, at most 100; empty when valid.' }),
    warnings: Type.Array(Finding, {
      description:
        'What the rules allow but a person may not want: members that the rules do not know, or call deprecated; at most 100.',
    }),
  }),
});
