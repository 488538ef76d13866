import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const requestRouting = defineTaskContract({
  topic: 'request_routing',
  title: 'Route a user request',
  description:
    'Decides which process answers a request: the one named, the one for its type, or the AI query for a bare question.',
  input: Type.Object({
    process_key: Type.Optional(Type.String({ description: 'Key of the process asked for.' })),
    request_type: Type.Optional(
      Type.String({ description: '`question`, `file`, `service` or `interaction`, when no process is named.' }),
    ),
    user_query: Type.Optional(Type.String({ description: 'A question; alone it is a request of type `question`.' })),
  }),
  output: Type.Object({ process_to_execute: Type.String({ description: 'Key of the process that is called.' }) }),
  bpmnErrors: [
    {
      code: 'REQUEST_NOT_ROUTABLE',
      when: 'No deployed process answers the request, or it must not be started by a user.',
    },
  ],
});
