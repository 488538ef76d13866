import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

/** One rule that the data break, told in a sentence a person can act on. */
const ValidationError = Type.Object({
  field: Type.String({ description: 'Where: `max_tokens`, `address.city`, `items.0`; empty for the data as a whole.' }),
  rule: Type.String({ description: 'The JSON Schema keyword that is broken, for example `required` or `maxLength`.' }),
  message: Type.String({ description: 'A whole sentence, for example `max_tokens must be at most 4000.`' }),
});

/** Source: reference model of `ai_query_process`, topic `input_validation`. */
export const inputValidation = defineTaskContract({
  topic: 'input_validation',
  title: 'Validate input',
  description:
    'Checks the variables that a JSON Schema (draft 2020-12) names in its `properties`; a null counts as not given. Variables that break it are a result, not a failure; those that are missing get the defaults of the schema.',
  input: Type.Object(
    {
      data: Type.Optional(
        Type.Unknown({
          description:
            'What is checked instead of variables when the model says so by `<camunda:property name="validate" value="data"/>`: an object, or its JSON text.',
        }),
      ),
      validation_schema: Type.Union([Type.Object({}), Type.String()], {
        description: 'JSON Schema as an object or as JSON text. References outside the schema itself are refused.',
      }),
    },
    // Which variables are checked is known to the schema of the model only.
    { additionalProperties: true },
  ),
  elementProperties: [
    {
      name: 'validate',
      description: 'What is checked: the variables that the schema names in its properties, or the input `data`.',
      choices: { 'Variables named by the schema': '', 'The input data': 'data' },
    },
  ],
  output: Type.Object({
    valid: Type.Boolean({ description: 'True when every rule holds.' }),
    validation_errors: Type.Array(ValidationError, { description: 'Every broken rule; empty when valid.' }),
    validation_message: Type.String({
      description: 'The sentences of all broken rules in one text; empty when valid.',
    }),
    validated_data: Type.Unknown({
      description: 'The data with the defaults of the schema filled in; null when not valid.',
    }),
  }),
});
