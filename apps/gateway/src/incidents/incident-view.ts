import type { IncidentView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type Incident } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';

const retryableTypes = new Set(['failedExternalTask', 'failedJob']);

/** True when giving the work another try can end the incident. */
export function isRetryable(incident: Incident): boolean {
  return retryableTypes.has(incident.incidentType) && incident.configuration !== null;
}

/** The engine repeats an incident in every calling instance; this is the one it began with. */
export function isRootCause(incident: Incident): boolean {
  return incident.rootCauseIncidentId === incident.id;
}

/** An incident as the API shows it. */
export async function incidentView(engine: EngineClient, incident: Incident): Promise<IncidentView> {
  return {
    id: incident.id,
    type: incident.incidentType,
    message: incident.incidentMessage,
    time: fromEngineTime(incident.incidentTimestamp),
    instanceId: incident.processInstanceId,
    processKey: await processKeyOf(engine, incident.processDefinitionId),
    activityId: incident.activityId,
    retryable: isRetryable(incident),
  };
}

const rowsPerQuery = 500;

/** Every open incident where it began, newest first. The engine cannot leave out the repetitions in calling instances. */
export async function rootCauses(engine: EngineClient): Promise<Incident[]> {
  const causes: Incident[] = [];
  for (let firstResult = 0; ; firstResult += rowsPerQuery) {
    const rows = await engine.runtime.incidents({ firstResult });
    causes.push(...rows.filter(isRootCause));
    if (rows.length < rowsPerQuery) return causes;
  }
}

/** `undefined` when it is over. */
export async function rootCauseOf(engine: EngineClient, incident: Incident): Promise<Incident | undefined> {
  return isRootCause(incident) ? incident : engine.runtime.incident(incident.rootCauseIncidentId);
}

/** What stops an instance: the first causes, also those in instances it has called. */
export async function incidentsBehind(engine: EngineClient, instanceId: string): Promise<IncidentView[]> {
  const seen = await engine.runtime.incidents({ processInstanceId: instanceId });
  const causes = await Promise.all(seen.map((incident) => rootCauseOf(engine, incident)));
  const open = causes.filter((incident) => incident !== undefined);
  return Promise.all(open.map((incident) => incidentView(engine, incident)));
}
