import { healthMonitoring, processKeys } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { incidentsToRecover } from '../components/open-incidents.ts';
import { orchestratorState } from '../components/orchestrator-state.ts';
import type { SystemTools } from '../deps.ts';

export function healthMonitoringTask({ engine, health, incidentDelayMs }: SystemTools): TaskDefinition {
  return defineTask(healthMonitoring, async (_input, { lease }) => {
    const [services, incidents, toRecover, orchestrator] = await Promise.all([
      health.checkAll(lease.signal),
      engine.runtime.incidents(),
      incidentsToRecover(engine, incidentDelayMs),
      orchestratorState(engine),
    ]);
    const unhealthy = [...new Set(services.filter(({ healthy }) => !healthy).map(({ name }) => name))];
    // Not a service: nothing but the kernel starts it again, and recovery tells people when it does not.
    if (orchestrator === 'lost') unhealthy.push(processKeys.systemOrchestrator);
    return {
      system_healthy: unhealthy.length === 0,
      unhealthy_components: unhealthy,
      open_incidents: incidents.length,
      incidents_to_recover: [...toRecover],
      checked_at: new Date().toISOString(),
    };
  });
}
