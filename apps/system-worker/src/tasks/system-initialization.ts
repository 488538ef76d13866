import { systemInitialization } from '@procos/contracts';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import { isWell } from '../components/health-checks.ts';
import type { SystemTools } from '../deps.ts';

export function systemInitializationTask({ health }: SystemTools): TaskDefinition {
  return defineTask(systemInitialization, async (_input, { lease }) => {
    const services = await health.settle(lease.signal);
    return {
      initialized: isWell(services),
      core_services: services.map(({ name, healthy, responseTimeMs }) => ({
        name,
        healthy,
        response_time_ms: responseTimeMs,
      })),
      initialized_at: new Date().toISOString(),
    };
  });
}
