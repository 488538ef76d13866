import { operationRetry } from '@procos/contracts';
import { unlessNotFound } from '@procos/engine-client';
import { BpmnError } from '@procos/errors';
import { defineTask, type TaskDefinition } from '@procos/task-worker';
import type { SystemTools } from '../deps.ts';

/** Tries given to an operation that recovery takes up again. */
const newTries = 3;

export function operationRetryTask({ engine }: SystemTools): TaskDefinition {
  return defineTask(operationRetry, async ({ incident_id }) => {
    const [incident] = await engine.runtime.incidents({ incidentId: incident_id });
    if (incident === undefined) return { retried: false };
    // The work may go on, or its instance end, between looking and retrying: then there is nothing left to try.
    const given = await unlessNotFound(engine.runtime.giveTries(incident, newTries));
    if (given === false)
      throw new BpmnError(
        'RECOVERY_FAILED',
        `An incident of type ${incident.incidentType} has nothing that can be tried again`,
      );
    return { retried: given !== undefined };
  });
}
