import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const operationRetry = defineTaskContract({
  topic: 'operation_retry',
  title: 'Retry the failed operation',
  description: 'Gives the task or job behind an incident new tries.',
  input: Type.Object({ incident_id: Type.String({ description: 'Incident to recover from.' }) }),
  output: Type.Object({ retried: Type.Boolean({ description: 'True when new tries were given.' }) }),
  bpmnErrors: [{ code: 'RECOVERY_FAILED', when: 'The incident has nothing that can be tried again.' }],
});
