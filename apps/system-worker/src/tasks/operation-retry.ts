import { operationRetry } from '@procos/contracts';
import { BpmnError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

/** Tries given to an operation that recovery takes up again. */
const newTries = 3;

export function operationRetryTask({ engine }: SystemTools): TaskDefinition {
  return defineTask(operationRetry, async ({ incident_id }) => {
    const [incident] = await engine.runtime.incidents({ incidentId: incident_id });
    if (incident === undefined) return { retried: false };
    const { incidentType, configuration } = incident;
    if (configuration !== null && incidentType === 'failedExternalTask')
      await engine.externalTasks.setRetries(configuration, newTries);
    else if (configuration !== null && incidentType === 'failedJob')
      await engine.runtime.setJobRetries(configuration, newTries);
    else
      throw new BpmnError('RECOVERY_FAILED', `An incident of type ${incidentType} has nothing that can be tried again`);
    return { retried: true };
  });
}
