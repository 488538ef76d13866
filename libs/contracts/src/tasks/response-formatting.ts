import { Type } from 'typebox';
import { defineTaskContract } from '../task-contract.ts';

/** Source: reference model of `ai_query_process`, topic `response_formatting`. */
export const responseFormatting = defineTaskContract({
  topic: 'response_formatting',
  title: 'Format response',
  description:
    'Makes the final answer of a process: one value as JSON, plain text or Markdown, with or without metadata.',
  input: Type.Object({
    data: Type.Optional(Type.Unknown({ description: 'What is answered. Absent = `ai_response`, or null.' })),
    ai_response: Type.Optional(
      Type.Unknown({ description: 'Answer of an `ai_query` task; used when `data` is absent.' }),
    ),
    format_type: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('text'), Type.Literal('markdown')], {
        default: 'json',
        description: 'Form of the answer.',
      }),
    ),
    include_metadata: Type.Optional(
      Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')], {
        default: false,
        description:
          'Whether the answer says when, where and by whom it was made. Text `true` or `false` from a model is understood.',
      }),
    ),
    title: Type.Optional(Type.String({ maxLength: 200, description: 'Heading of a Markdown answer.' })),
    provider: Type.Optional(Type.String({ description: 'Who answered, for the metadata.' })),
    selected_provider: Type.Optional(
      Type.String({ description: 'Who was chosen to answer; used when `provider` is absent.' }),
    ),
    model_used: Type.Optional(Type.String({ description: 'Which model answered, for the metadata.' })),
    usage: Type.Optional(Type.Unknown({ description: 'What the answer cost in tokens, for the metadata.' })),
    response_time_ms: Type.Optional(
      Type.Number({ description: 'How long the answer took in milliseconds, for the metadata.' }),
    ),
  }),
  output: Type.Object({
    formatted_response: Type.Union([Type.Object({}), Type.String()], {
      description: 'For `json` an object `{response, metadata?}`, otherwise text.',
    }),
  }),
});
