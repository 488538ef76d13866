import type { HistoricIncident, HistoricInstance, HistoricTaskLogEntry, DeploymentRecord } from '@procos/engine-client';
import type { OutcomeError } from '@procos/instance-outcome';
import { type HistoryEvent, historyEvent } from './history-event.ts';

const [first, last] = [-1, Number.MAX_SAFE_INTEGER];

export function processStarted(row: HistoricInstance): HistoryEvent {
  const { id, processDefinitionKey: key, startTime: time } = row;
  return historyEvent({
    identity: ['process.started', id],
    type: ['process', key, 'started'],
    time,
    instanceId: id,
    kind: 'process_started',
    sequence: first,
    step: 0,
    data: instanceData(row),
  });
}

/**
 * @param failure the error that has ended it, where it was one
 * @returns undefined while it runs
 */
export function processEnded(row: HistoricInstance, failure: OutcomeError | undefined): HistoryEvent | undefined {
  const { id, processDefinitionKey: key, endTime: time, durationInMillis: durationMs, deleteReason: reason } = row;
  if (time === null) return undefined;
  const outcome = failure !== undefined ? 'failed' : row.state === 'COMPLETED' ? 'completed' : 'terminated';
  const data = {
    ...instanceData(row),
    durationMs,
    ...(outcome === 'terminated' ? { reason } : {}),
    ...(failure === undefined ? {} : { failedAt: failure.activityId }),
    ...(failure?.errorCode === undefined ? {} : { errorCode: failure.errorCode }),
  };
  return historyEvent({
    identity: ['process.ended', id],
    type: ['process', key, outcome],
    time,
    instanceId: id,
    kind: 'process_ended',
    sequence: last,
    step: 0,
    data,
  });
}

function instanceData(row: HistoricInstance): Record<string, unknown> {
  const { id, processDefinitionKey, processDefinitionVersion, businessKey, superProcessInstanceId } = row;
  return {
    instanceId: id,
    processKey: processDefinitionKey,
    version: processDefinitionVersion,
    businessKey,
    parentId: superProcessInstanceId,
  };
}

/** An incident is opened, and some day resolved. Empty for the repetitions that the engine raises in calling instances. */
export function incidentEvents(row: HistoricIncident): readonly HistoryEvent[] {
  const {
    id,
    incidentType: type,
    incidentMessage: message,
    activityId,
    processInstanceId,
    processDefinitionKey,
    createTime,
    endTime,
    rootCauseIncidentId,
  } = row;
  if (rootCauseIncidentId !== null && rootCauseIncidentId !== id) return [];
  const instanceId = processInstanceId ?? undefined;
  const data = {
    incidentId: id,
    type,
    message,
    activityId,
    instanceId: processInstanceId ?? '',
    processKey: processDefinitionKey ?? '',
  };
  const event = (what: 'opened' | 'resolved', time: string, sequence: number) =>
    historyEvent({
      identity: [`incident.${what}`, id],
      type: ['incident', type, what],
      time,
      instanceId,
      kind: 'other',
      sequence,
      step: 0,
      data,
    });
  return [event('opened', createTime, last - 1), ...(endTime === null ? [] : [event('resolved', endTime, first)])];
}

export function taskFailed(row: HistoricTaskLogEntry): HistoryEvent {
  const {
    id,
    topicName: topic,
    timestamp: time,
    externalTaskId: taskId,
    workerId,
    activityId,
    activityInstanceId,
    retries,
    errorMessage,
    processInstanceId: instanceId,
    processDefinitionKey: processKey,
  } = row;
  const data = {
    instanceId,
    processKey,
    activityId,
    activityInstanceId,
    topic,
    taskId,
    workerId,
    retries,
    errorMessage,
  };
  return historyEvent({
    identity: ['task.failed', id],
    type: ['task', topic, 'failed'],
    time,
    instanceId,
    kind: 'other',
    sequence: first,
    step: 1,
    data,
  });
}

export function deploymentCreated({ id, name, source, deploymentTime: time }: DeploymentRecord): HistoryEvent {
  const data = { deploymentId: id, name, source };
  return historyEvent({
    identity: ['deployment.created', id],
    type: ['deployment', name ?? id, 'created'],
    time,
    instanceId: undefined,
    kind: 'other',
    sequence: first,
    step: 0,
    data,
  });
}
