import { healthMonitoring } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

export function healthMonitoringTask({ engine, health }: SystemTools): TaskDefinition {
  return defineTask(healthMonitoring, async (_input, { lease }) => {
    const [services, incidents] = await Promise.all([health.checkAll(lease.signal), engine.runtime.incidents()]);
    const unhealthy = services.filter(({ healthy }) => !healthy).map(({ name }) => name);
    return {
      system_healthy: unhealthy.length === 0,
      unhealthy_components: unhealthy,
      open_incidents: incidents.length,
      checked_at: new Date().toISOString(),
    };
  });
}
