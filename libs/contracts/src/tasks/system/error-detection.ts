import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const errorDetection = defineTaskContract({
  topic: 'error_detection',
  title: 'Detect the kind of error',
  description:
    'Looks at a component or an incident again and decides what helps: retry, restart, escalate, or nothing any more.',
  input: Type.Object({
    component: Type.Optional(Type.String({ description: 'Service that was found unhealthy.' })),
    incident_id: Type.Optional(Type.String({ description: 'Incident to recover from.' })),
    error_type: Type.Optional(Type.String({ description: 'Kind of error, as the reporter saw it.' })),
    error_message: Type.Optional(Type.String({ description: 'Its message.' })),
  }),
  output: Type.Object({
    severity: Type.Union(
      [Type.Literal('none'), Type.Literal('retry'), Type.Literal('restart'), Type.Literal('escalate')],
      {
        description: 'What helps: `none`, `retry`, `restart` or `escalate`.',
      },
    ),
    error_summary: Type.String({ description: 'What was found, in one sentence.' }),
  }),
});
