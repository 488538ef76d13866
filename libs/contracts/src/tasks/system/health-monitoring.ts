import { Type } from 'typebox';
import { defineTaskContract } from '../../task-contract.ts';

export const healthMonitoring = defineTaskContract({
  topic: 'health_monitoring',
  title: 'Check health',
  description:
    'Asks every service for its readiness, looks after the orchestrator, counts open incidents and names those that nobody has taken.',
  input: Type.Object({}),
  output: Type.Object({
    system_healthy: Type.Boolean({ description: 'True when every service is ready and the orchestrator runs.' }),
    unhealthy_components: Type.Array(Type.String(), {
      description: 'Names of the services that are not ready, and procos_system_orchestrator when it has been ended.',
    }),
    open_incidents: Type.Integer({ description: 'Incidents that wait for somebody.' }),
    incidents_to_recover: Type.Array(Type.String(), {
      description:
        'Ids of open incidents for procos_error_recovery, oldest first, at most ten: those that no recovery has taken yet and that are older than PROCOS_INCIDENT_RECOVERY_DELAY.',
    }),
    checked_at: Type.String({ description: 'When, ISO 8601.' }),
  }),
});
