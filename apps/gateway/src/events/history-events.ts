import { makeEvent, type ProcosEvent } from '@procos/contracts';
import {
  fromEngineTime,
  type HistoricActivity,
  type HistoricIncident,
  type HistoricInstance,
  type HistoricTaskLogEntry,
} from '@procos/engine-client';

/**
 * What the engine's history says, as events. The same row always gives the same id, so that a row that is read twice is
 * one event.
 */

/** Source of every event of the engine's history, whoever tells it. */
export const engineSource = '/engine';

interface Told {
  readonly id: string;
  /** Words of the event type. */
  readonly type: readonly string[];
  readonly time: string;
  readonly subject: string | null;
  readonly data: Record<string, unknown>;
}

function event({ id, type, time, subject, data }: Told): ProcosEvent {
  return makeEvent({
    id,
    source: engineSource,
    type: type.map(word).join('.'),
    time: new Date(fromEngineTime(time)),
    ...(subject === null ? {} : { subject }),
    data,
  });
}

/** A dot separates the words of a type, so none may be inside one. The exact names are in the data. */
function word(text: string): string {
  return text.replaceAll('.', '_');
}

export function processStarted(instance: HistoricInstance): ProcosEvent {
  const { id, processDefinitionKey: processKey, startTime: time } = instance;
  return event({
    id: `${id}:started`,
    type: ['process', processKey, 'started'],
    time,
    subject: id,
    data: instanceData(instance),
  });
}

/** @param time the instance's own end */
export function processEnded(instance: HistoricInstance, time: string): ProcosEvent {
  const { id, processDefinitionKey: processKey, durationInMillis: durationMs, deleteReason: reason } = instance;
  const outcome = instance.state === 'COMPLETED' ? 'completed' : 'terminated';
  const data = { ...instanceData(instance), durationMs, ...(outcome === 'terminated' ? { reason } : {}) };
  return event({ id: `${id}:${outcome}`, type: ['process', processKey, outcome], time, subject: id, data });
}

function instanceData(instance: HistoricInstance): Record<string, unknown> {
  const { id, processDefinitionKey, processDefinitionVersion, businessKey, superProcessInstanceId } = instance;
  return {
    instanceId: id,
    processKey: processDefinitionKey,
    version: processDefinitionVersion,
    businessKey,
    parentId: superProcessInstanceId,
  };
}

export function activityStarted(activity: HistoricActivity): ProcosEvent {
  return activityEvent(activity, 'started', activity.startTime, {});
}

/** @param time the activity's own end */
export function activityEnded(activity: HistoricActivity, time: string): ProcosEvent {
  return activityEvent(activity, activity.canceled ? 'canceled' : 'completed', time, {
    durationMs: activity.durationInMillis,
  });
}

function activityEvent(
  activity: HistoricActivity,
  what: string,
  time: string,
  more: Record<string, unknown>,
): ProcosEvent {
  const {
    id,
    activityId,
    activityName: name,
    activityType,
    processDefinitionKey: processKey,
    processInstanceId: instanceId,
  } = activity;
  return event({
    id: `${id}:${what}`,
    type: ['activity', processKey, activityId, what],
    time,
    subject: instanceId,
    data: { instanceId, processKey, activityId, name, activityType, ...more },
  });
}

/** `undefined` for entries that tell nothing new: a task that disappears with its instance. */
export function taskEvent(entry: HistoricTaskLogEntry): ProcosEvent | undefined {
  const what = entry.creationLog ? 'created' : entry.successLog ? 'completed' : entry.failureLog ? 'failed' : undefined;
  if (what === undefined) return undefined;
  const {
    id,
    topicName: topic,
    timestamp: time,
    externalTaskId: taskId,
    workerId,
    activityId,
    retries,
    errorMessage,
  } = entry;
  const { processInstanceId: instanceId, processDefinitionKey: processKey } = entry;
  const failure = what === 'failed' ? { retries, errorMessage } : {};
  return event({
    id: `${id}:${what}`,
    type: ['task', topic, what],
    time,
    subject: instanceId,
    data: { instanceId, processKey, activityId, topic, taskId, workerId, ...failure },
  });
}

export function incidentOpened(incident: HistoricIncident): ProcosEvent {
  return incidentEvent(incident, 'opened', incident.createTime);
}

/** @param time the incident's own end */
export function incidentResolved(incident: HistoricIncident, time: string): ProcosEvent {
  return incidentEvent(incident, 'resolved', time);
}

function incidentEvent(incident: HistoricIncident, what: string, time: string): ProcosEvent {
  const {
    id,
    incidentType: type,
    incidentMessage: message,
    activityId,
    processInstanceId: instanceId,
    processDefinitionKey: processKey,
  } = incident;
  return event({
    id: `${id}:${what}`,
    type: ['incident', type, what],
    time,
    subject: instanceId,
    data: { incidentId: id, type, message, activityId, instanceId, processKey },
  });
}
