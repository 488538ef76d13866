import type { Caller, IncidentView } from '@procos/contracts';
import { type EngineClient, fromEngineTime, type Incident } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';
import { failedPlace } from './failed-element.ts';
import { type IncidentSource, openIncidents } from './incident-source.ts';
import { renderCause } from './render-cause.ts';
import { shownDetails } from './shown-details.ts';

/** The engine repeats an incident in every calling instance; this is the one it began with. */
function isRootCause(incident: Incident): boolean {
  return incident.rootCauseIncidentId === incident.id;
}

/**
 * Incidents as the API shows them: what happened, where, at which attempt, why, and what to do. The details of each are a
 * question of their own, for which the engine has no other; everything else is asked for all of them at once.
 *
 * @param known those that are asked for, and their repetitions in calling instances
 */
async function incidentViews(
  engine: EngineClient,
  source: IncidentSource,
  causes: readonly Incident[],
  known: readonly Incident[],
): Promise<IncidentView[]> {
  const attempts = await attemptsAt(engine, causes);
  const repeated = Map.groupBy(known, ({ rootCauseIncidentId }) => rootCauseIncidentId);
  return Promise.all(
    causes.map(async (incident) => {
      const callers = callersAmong(repeated.get(incident.id) ?? [], incident);
      return incidentView(engine, source, { incident, callers, attempts: attempts(incident) });
    }),
  );
}

interface KnownIncident {
  readonly incident: Incident;
  readonly callers: readonly Incident[];
  readonly attempts: number | null;
}

async function incidentView(
  engine: EngineClient,
  source: IncidentSource,
  { incident, callers: repeated, attempts }: KnownIncident,
): Promise<IncidentView> {
  const { id, incidentType: type, incidentMessage: message, processInstanceId: instanceId } = incident;
  const [place, said, callers] = await Promise.all([
    failedPlace(engine, incident),
    source.details(incident),
    Promise.all(repeated.map((one) => callerAt(engine, one))),
  ]);
  const shown = shownDetails(said, message);
  const cause = renderCause({
    reason: message ?? '',
    place,
    byWorker: type === 'failedExternalTask',
    advice: shown.advice,
    next: source.next(incident, place),
  });
  return {
    id,
    type,
    code: cause.code,
    message: cause.message === '' ? null : cause.message,
    details: shown.details,
    remedy: cause.remedy,
    time: fromEngineTime(incident.incidentTimestamp),
    instanceId,
    processKey: place.processKey,
    activityId: place.activityId,
    stoppedAt: incident.activityId,
    callers: place.insideCall ? [await callerAt(engine, incident), ...callers] : callers,
    attempts,
    retryable: source.isRetryable(incident),
  };
}

const rowsPerQuery = 500;

/** A page of the open incidents where they began, newest first, and how many there are in all. */
export async function listIncidents(
  engine: EngineClient,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly incidents: IncidentView[]; readonly total: number }> {
  const known = await everyIncident(engine);
  const causes = known.filter(isRootCause);
  const page = causes.slice(offset, offset + limit);
  return { incidents: await incidentViews(engine, openIncidents(engine), page, known), total: causes.length };
}

/** Every open incident where it began, newest first. The engine cannot leave out the repetitions in calling instances. */
export async function rootCauses(engine: EngineClient): Promise<Incident[]> {
  return (await everyIncident(engine)).filter(isRootCause);
}

const newestFirst = (one: Incident, other: Incident): number =>
  Date.parse(other.incidentTimestamp) - Date.parse(one.incidentTimestamp) || (one.id < other.id ? -1 : 1);

async function everyIncident(engine: EngineClient): Promise<Incident[]> {
  const incidents: Incident[] = [];
  for (let firstResult = 0; ; firstResult += rowsPerQuery) {
    const rows = await engine.runtime.incidents({ firstResult });
    incidents.push(...rows);
    if (rows.length < rowsPerQuery) return incidents.toSorted(newestFirst);
  }
}

/** How often each was tried; `null` where nobody counts. */
async function attemptsAt(
  engine: EngineClient,
  incidents: readonly Incident[],
): Promise<(incident: Incident) => number | null> {
  const executionsOf = (type: string): string[] =>
    incidents.flatMap((one) => (one.incidentType === type ? (one.executionId ?? []) : []));
  const [tasks, jobs] = await Promise.all([
    failures(executionsOf('failedExternalTask'), engine.history.taskFailures),
    failures(executionsOf('failedJob'), engine.history.jobFailures),
  ]);
  const counts = new Map([
    ['failedExternalTask', tasks],
    ['failedJob', jobs],
  ]);
  return ({ incidentType, configuration }) => {
    const counted = counts.get(incidentType);
    return counted === undefined || configuration === null ? null : (counted.get(configuration) ?? 0);
  };
}

async function failures(
  executionIds: readonly string[],
  ask: (executionIds: readonly string[]) => Promise<ReadonlyMap<string, number>>,
): Promise<ReadonlyMap<string, number>> {
  return executionIds.length === 0 ? new Map() : ask(executionIds);
}

/** Who waits: the engine repeats the incident at every call activity on the way up. */
function callersAmong(repeated: readonly Incident[], { id }: Incident): readonly Incident[] {
  const chain: Incident[] = [];
  const above = (cause: string): Incident | undefined =>
    repeated.find((one) => one.causeIncidentId === cause && one.id !== cause);
  for (let next = above(id); next !== undefined && !chain.includes(next); next = above(next.id)) chain.push(next);
  return chain;
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

/**
 * What stops an instance, or stopped it until its end: the first causes, also those in instances it has called.
 *
 * @param source open incidents of what runs, past ones of what has ended
 */
export async function incidentsBehind(
  engine: EngineClient,
  source: IncidentSource,
  instanceId: string,
): Promise<IncidentView[]> {
  const seen = await source.inInstance(instanceId);
  const roots = [...new Set(seen.map(({ rootCauseIncidentId }) => rootCauseIncidentId))];
  const known = (await Promise.all(roots.map((id) => source.withRepetitions(id)))).flat();
  return incidentViews(engine, source, known.filter(isRootCause), known);
}
