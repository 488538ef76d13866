export { createEngineClient } from './engine-client.ts';
export type { EngineClient } from './engine-client.ts';
export type { EnginePresence } from './engine-presence.ts';
export type { Download, EngineConnection } from './http.ts';
export { EngineRequestError, EngineUnreachableError, isNotFound } from './engine-errors.ts';
export { fromEngineTime, toEngineTime } from './engine-time.ts';
export { decodeValue, decodeVariables, encodeVariables, fileValue, TypedValue, UnreadableValue } from './variables.ts';
export type { EngineValue, EngineValues, Variables } from './variables.ts';
export type { FailureReport, FetchRequest, LockedTask, OpenExternalTask, TopicRequest } from './external-tasks.ts';
export type { DeploymentProblem, DeploymentToCheck, OtherDefinition } from './deployment-check.ts';
export type { Deployment, DeploymentRecord, DeploymentRequest, ProcessDefinition } from './repository.ts';
export type {
  EventSubscription,
  Incident,
  Job,
  MessageRequest,
  MessageResult,
  StartedInstance,
  StartRequest,
} from './runtime.ts';
export type {
  ActivityRow,
  HistoricActivity,
  HistoricIncident,
  HistoricInstance,
  HistoricTaskLogEntry,
} from './history.ts';
export type { UserTask } from './user-tasks.ts';
export type { FileContent } from './multipart.ts';
