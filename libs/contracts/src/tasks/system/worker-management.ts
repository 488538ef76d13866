import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const workerManagement = defineTaskContract({
  topic: 'worker_management',
  title: 'Manage worker pools',
  description: 'Looks at every worker; `start_all` also restarts those that do not run.',
  input: Type.Object({
    action: Type.Union([Type.Literal('start_all'), Type.Literal('status')], {
      default: 'status',
      description: '`start_all` or `status`.',
    }),
  }),
  output: Type.Object({
    workers: Type.Array(Type.Object({ name: Type.String(), state: Type.String(), topics: Type.Array(Type.String()) }), {
      description: 'Every worker with its state and its topics.',
    }),
    workers_running: Type.Integer({ description: 'How many of them fetch tasks.' }),
  }),
});
