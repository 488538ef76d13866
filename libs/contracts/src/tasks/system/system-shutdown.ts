import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const systemShutdown = defineTaskContract({
  topic: 'system_shutdown',
  title: 'Shut down, one step',
  description: 'Announces the shutdown, ends the orchestrator, or confirms that it has ended.',
  input: Type.Object({
    action: Type.Union([Type.Literal('announce'), Type.Literal('end_orchestrator'), Type.Literal('confirm')], {
      description: '`announce`, `end_orchestrator` or `confirm`.',
    }),
    shutdown_reason: Type.Optional(Type.String({ description: 'Why the system stops.' })),
  }),
  output: Type.Object({
    last_shutdown_step: Type.String({ description: 'The step that was done.' }),
    active_requests: Type.Optional(Type.Integer({ description: 'Requests in progress: they go on at the next boot.' })),
  }),
});
