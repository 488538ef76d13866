import type { Caller, IncidentView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type Incident, isNotFound } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';
import { failedPlace, type FailedPlace } from './failed-element.ts';
import { toldCause } from './told-cause.ts';
import { toldDetails } from './told-details.ts';

const retryableTypes = new Set(['failedExternalTask', 'failedJob']);

/** True when giving the work another try can end the incident. */
function isRetryable(incident: Incident): boolean {
  return retryableTypes.has(incident.incidentType) && incident.configuration !== null;
}

/** The engine repeats an incident in every calling instance; this is the one it began with. */
function isRootCause(incident: Incident): boolean {
  return incident.rootCauseIncidentId === incident.id;
}

/** An incident as the API shows it: what happened, where, at which attempt, why, and what to do. */
export async function incidentView(engine: EngineClient, incident: Incident): Promise<IncidentView> {
  const { id, incidentType: type, incidentMessage: message, processInstanceId: instanceId } = incident;
  const [place, said, attempts, callers] = await Promise.all([
    failedPlace(engine, incident),
    detailsOf(engine, incident),
    attemptsOf(engine, incident),
    callersOf(engine, incident),
  ]);
  const told = toldDetails(said, message);
  const cause = toldCause({
    reason: message ?? '',
    place,
    byWorker: type === 'failedExternalTask',
    advice: told.advice,
    next: nextStep(incident, place),
  });
  return {
    id,
    type,
    code: cause.code,
    message: cause.message === '' ? null : cause.message,
    details: told.details,
    remedy: cause.remedy,
    time: fromEngineTime(incident.incidentTimestamp),
    instanceId,
    processKey: place.processKey,
    activityId: place.activityId,
    stoppedAt: incident.activityId,
    callers: place.insideCall ? [await callerAt(engine, incident), ...callers] : callers,
    attempts,
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

/** A model that was deployed anew counts where the call itself is repeated; an instance that is under way keeps its version. */
function nextStep(incident: Incident, place: FailedPlace): string {
  const { id, processInstanceId } = incident;
  if (!isRetryable(incident))
    return `This kind of incident cannot be retried. End the instance: DELETE /v1/instances/${processInstanceId}`;
  const kept = place.insideCall
    ? ''
    : `, or end the instance (DELETE /v1/instances/${processInstanceId}) and start it again`;
  return `Then: POST /v1/incidents/${id}/retry${kept}`;
}

/** What is there to read about the failure besides its message; '' when the work went on meanwhile. */
async function detailsOf(engine: EngineClient, { incidentType, configuration }: Incident): Promise<string> {
  if (configuration === null) return '';
  try {
    if (incidentType === 'failedExternalTask') return await engine.externalTasks.errorDetails(configuration);
    return incidentType === 'failedJob' ? await engine.runtime.jobStacktrace(configuration) : '';
  } catch (thrown) {
    if (isNotFound(thrown)) return '';
    throw thrown;
  }
}

async function attemptsOf(engine: EngineClient, { incidentType, configuration }: Incident): Promise<number | null> {
  if (configuration === null || !retryableTypes.has(incidentType)) return null;
  const { countTaskFailures, countJobFailures } = engine.history;
  return incidentType === 'failedJob' ? countJobFailures(configuration) : countTaskFailures(configuration);
}

/** Who waits: the engine repeats the incident at every call activity on the way up. */
async function callersOf(engine: EngineClient, { id }: Incident): Promise<Caller[]> {
  const repeated = await engine.runtime.incidents({ rootCauseIncidentId: id });
  const chain: Incident[] = [];
  const above = (cause: string): Incident | undefined =>
    repeated.find((one) => one.causeIncidentId === cause && one.id !== cause);
  for (let next = above(id); next !== undefined && !chain.includes(next); next = above(next.id)) chain.push(next);
  return Promise.all(chain.map((one) => callerAt(engine, one)));
}

async function callerAt(
  engine: EngineClient,
  { processInstanceId, processDefinitionId, activityId }: Incident,
): Promise<Caller> {
  return { instanceId: processInstanceId, processKey: await processKeyOf(engine, processDefinitionId), activityId };
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
