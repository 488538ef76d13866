import type { IncidentRetried } from '@procos/contracts';
import { type EngineClient, isNotFound } from '@procos/engine-client';
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
  const { incidentType: type, activityId, processInstanceId: instanceId } = incident;
  try {
    if (!(await engine.runtime.giveTries(incident, retries)))
      throw gatewayErrors.PROCOS_GATEWAY_NOT_RETRYABLE({ id: incident.id, type, activityId, instanceId });
  } catch (thrown) {
    // The work went on, or the instance ended, between looking and retrying.
    if (isNotFound(thrown)) throw gatewayErrors.PROCOS_GATEWAY_UNKNOWN_INCIDENT({ id }, thrown);
    throw thrown;
  }
  return { incidentId: incident.id, instanceId, activityId, retries };
}
