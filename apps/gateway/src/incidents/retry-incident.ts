import type { IncidentRetried } from '@procos/contracts';
import { type EngineClient, type Incident, isNotFound } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { rootCauseOf } from './incident-view.ts';

/**
 * Gives the work that an incident stopped new tries.
 *
 * @throws PROCOS_GATEWAY_UNKNOWN_INCIDENT | PROCOS_GATEWAY_NOT_RETRYABLE
 */
export async function retryIncident(engine: EngineClient, id: string, retries: number): Promise<IncidentRetried> {
  const seen = await engine.runtime.incident(id);
  const incident = seen === undefined ? undefined : await rootCauseOf(engine, seen);
  if (incident === undefined) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_INCIDENT({ id });
  try {
    await giveTries(engine, incident, retries);
  } catch (thrown) {
    // The work went on, or the instance ended, between looking and retrying.
    if (isNotFound(thrown)) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_INCIDENT({ id }, thrown);
    throw thrown;
  }
  return { incidentId: incident.id, instanceId: incident.processInstanceId, activityId: incident.activityId, retries };
}

async function giveTries(engine: EngineClient, incident: Incident, retries: number): Promise<void> {
  const { id, incidentType: type, configuration, activityId, processInstanceId: instanceId } = incident;
  if (configuration !== null && type === 'failedExternalTask')
    return engine.externalTasks.setRetries(configuration, retries);
  if (configuration !== null && type === 'failedJob') return engine.runtime.setJobRetries(configuration, retries);
  throw gatewayErrors.PROCOS_GATEWAY_NOT_RETRYABLE({ id, type, activityId, instanceId });
}
