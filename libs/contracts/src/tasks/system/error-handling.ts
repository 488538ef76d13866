import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const errorHandling = defineTaskContract({
  topic: 'error_handling',
  title: 'Handle a failed request',
  description: 'Writes a report of a failure: what failed, why, and what can be done.',
  input: Type.Object({
    error_code: Type.Optional(Type.String({ description: 'BPMN error code that was caught.' })),
    error_message: Type.Optional(Type.String({ description: 'Its message.' })),
    process_to_execute: Type.Optional(Type.String({ description: 'Key of the process that failed.' })),
    process_key: Type.Optional(Type.String({ description: 'Key that was asked for, when routing itself failed.' })),
  }),
  output: Type.Object({
    error_report: Type.Object(
      {
        code: Type.String(),
        message: Type.String(),
        process: Type.String(),
        advice: Type.String(),
        reported_at: Type.String(),
      },
      { description: 'The report, also sent as event `error.reported`.' },
    ),
  }),
});
