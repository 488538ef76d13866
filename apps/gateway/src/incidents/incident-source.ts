import { type EngineClient, type HistoricIncident, type Incident, isNotFound } from '@procos/engine-client';
import type { FailedPlace } from './failed-element.ts';

/** Where incidents are read: those that are open, or those that were when their instance ended. */
export interface IncidentSource {
  /** In an instance itself: what began there, and repetitions of what began in those that it has called. */
  inInstance(instanceId: string): Promise<readonly Incident[]>;
  /** One where it began, and its repetitions in calling instances. */
  withRepetitions(rootCauseId: string): Promise<readonly Incident[]>;
  /** What there is to read about the failure besides its message; '' when there is nothing (any more). */
  details(incident: Incident): Promise<string>;
  isRetryable(incident: Incident): boolean;
  /** How it can go on, as a sentence. */
  next(incident: Incident, place: FailedPlace): string;
}

const retryableTypes = new Set(['failedExternalTask', 'failedJob']);

/** Incidents that stop something now. */
export function openIncidents({ runtime, externalTasks }: EngineClient): IncidentSource {
  const isRetryable = ({ incidentType, configuration }: Incident) =>
    retryableTypes.has(incidentType) && configuration !== null;
  return {
    inInstance: (processInstanceId) => runtime.incidents({ processInstanceId }),
    withRepetitions: (rootCauseIncidentId) => runtime.incidents({ rootCauseIncidentId }),
    details: ({ incidentType, configuration }) =>
      textBehind(incidentType, configuration, {
        task: (id) => externalTasks.errorDetails(id),
        job: (id) => runtime.jobStacktrace(id),
      }),
    isRetryable,
    // A model that was deployed anew counts where the call itself is repeated; an instance that is under way keeps its version.
    next: (incident, { insideCall }) => {
      const { id, processInstanceId } = incident;
      if (!isRetryable(incident))
        return `This kind of incident cannot be retried. End the instance: DELETE /v1/instances/${processInstanceId}`;
      const kept = insideCall
        ? ''
        : `, or end the instance (DELETE /v1/instances/${processInstanceId}) and start it again`;
      return `Then: POST /v1/incidents/${id}/retry${kept}`;
    },
  };
}

/** Incidents that were open when their instances ended. */
export function pastIncidents({ history }: EngineClient): IncidentSource {
  /** By incident: the log keeps what was written of a task after the task itself. */
  const logs = new Map<string, string | null>();
  const read = async (query: Parameters<typeof history.incidents>[0]) => {
    const rows = await history.incidents({ ...query, deleted: true });
    for (const { id, historyConfiguration } of rows) logs.set(id, historyConfiguration ?? null);
    return rows.map(asIncident);
  };
  return {
    inInstance: (processInstanceId) => read({ processInstanceId }),
    withRepetitions: (rootCauseIncidentId) => read({ rootCauseIncidentId }),
    details: ({ id, incidentType }) =>
      textBehind(incidentType, logs.get(id) ?? null, {
        task: (log) => history.taskFailureDetails(log),
        job: (log) => history.jobFailureStacktrace(log),
      }),
    isRetryable: () => false,
    next: ({ processInstanceId }) =>
      `The instance has ended: start it again. GET /v1/instances/${processInstanceId} shows how far it came.`,
  };
}

function asIncident(row: HistoricIncident): Incident {
  return {
    ...row,
    incidentTimestamp: row.createTime,
    processInstanceId: row.processInstanceId ?? '',
    processDefinitionId: row.processDefinitionId ?? '',
    activityId: row.activityId ?? '',
    rootCauseIncidentId: row.rootCauseIncidentId ?? row.id,
  };
}

interface Readers {
  task(id: string): Promise<string>;
  job(id: string): Promise<string>;
}

/** '' when the work went on meanwhile, or the history has forgotten it. */
async function textBehind(incidentType: string, id: string | null, { task, job }: Readers): Promise<string> {
  if (id === null) return '';
  try {
    if (incidentType === 'failedExternalTask') return await task(id);
    return incidentType === 'failedJob' ? await job(id) : '';
  } catch (thrown) {
    if (isNotFound(thrown)) return '';
    throw thrown;
  }
}
