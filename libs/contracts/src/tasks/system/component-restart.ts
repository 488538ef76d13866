import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const componentRestart = defineTaskContract({
  topic: 'component_restart',
  title: 'Restart a component',
  description: 'Restarts one service alone and waits until it is ready again.',
  input: Type.Object({ component: Type.String({ description: 'Name of the service.' }) }),
  output: Type.Object({
    restarted: Type.Boolean({ description: 'True when the service is ready again.' }),
    restart_ms: Type.Integer({ description: 'Milliseconds until it was ready.' }),
  }),
  bpmnErrors: [
    { code: 'RECOVERY_FAILED', when: 'Nobody can restart the component here, or it does not become ready.' },
  ],
});
