/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { createEngineClient } from './engine-client.ts';
export type { EngineClient } from './engine-client.ts';
export type { EnginePresence } from './engine-presence.ts';
export type { Download, EngineConnection } from './http.ts';
export { EngineRequestError, EngineUnreachableError, isNotFound, unlessNotFound } from './engine-errors.ts';
export { isMessageMismatch } from './message-mismatch.ts';
export { isTransactionConflict } from './transaction-conflict.ts';
export { mayEngineFaultPass } from './passing-fault.ts';
export { maySentencePass } from './database-sentences.ts';
export { elementsNamedIn, engineFault, expressionsIn } from './engine-sentences.ts';
export type { EngineFault } from './engine-sentences.ts';
export { fromEngineTime, toEngineTime } from './engine-time.ts';
export { decodeValue, decodeVariables, encodeVariables, fileValue, TypedValue, UnreadableValue } from './variables.ts';
export type { EngineValue, EngineValues, Variables } from './variables.ts';
export type { FailureReport, FetchRequest, LockedTask, OpenExternalTask, TopicRequest } from './external-tasks.ts';
export type { DeploymentProblem, DeploymentToCheck, OtherDefinition } from './deployment-check.ts';
export type { ProcessDefinition } from './repository/definitions.ts';
export type { Deployment, DeploymentRecord, DeploymentRequest } from './repository/deployments.ts';
/** @internal */
export { createGiveTries } from './runtime/give-tries.ts';
export type { Incident } from './runtime/incident.ts';
export type { Job } from './runtime/jobs.ts';
export type { EventSubscription, MessageRequest, MessageResult } from './runtime/messages.ts';
export type { StartedInstance, StartRequest } from './runtime/process-instances.ts';
export type { ActivityRow, HistoricActivity } from './history/past-activities.ts';
export type { HistoricIncident, HistoricTaskLogEntry } from './history/past-failures.ts';
export type { HistoricInstance } from './history/past-instances.ts';
export type { UserTask } from './user-tasks.ts';
export type { FileContent } from './multipart.ts';
export type {
  ActivityFilter,
  ActivityQuery,
  IncidentFilter,
  IncidentQuery,
  InstanceFilter,
  InstanceSelection,
  TaskLogQuery,
  TopicFilter,
  UserTaskFilter,
  UserTaskQuery,
} from './engine-queries.ts';
