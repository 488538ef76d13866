import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const healthMonitoring = defineTaskContract({
  topic: 'health_monitoring',
  title: 'Check health',
  description: 'Asks every service for its readiness and counts open incidents.',
  input: Type.Object({}),
  output: Type.Object({
    system_healthy: Type.Boolean({ description: 'True when every service is ready.' }),
    unhealthy_components: Type.Array(Type.String(), { description: 'Names of the services that are not ready.' }),
    open_incidents: Type.Integer({ description: 'Incidents that wait for somebody.' }),
    checked_at: Type.String({ description: 'When, ISO 8601.' }),
  }),
});
