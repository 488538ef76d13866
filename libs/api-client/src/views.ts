// The schemas of the document under the names that programs use for them.
import type { Schema } from './operation-types.ts';

export type AwaitedTask = Schema<'AwaitedTask'>;
export type Caller = Schema<'Caller'>;
export type DefinitionsChanged = Schema<'DefinitionsChanged'>;
export type DefinitionView = Schema<'ProcessDefinition'>;
export type DeploymentDeleted = Schema<'DeploymentDeleted'>;
export type DeploymentResult = Schema<'DeploymentResult'>;
export type DeploymentView = Schema<'Deployment'>;
export type EndEvent = Schema<'EndEvent'>;
export type FailureView = Schema<'Failure'>;
export type Finding = Schema<'Finding'>;
export type FormField = Schema<'FormField'>;
export type FormView = Schema<'Form'>;
export type IncidentView = Schema<'Incident'>;
export type InstanceSummary = Schema<'InstanceSummary'>;
export type InstanceView = Schema<'Instance'>;
export type ObstacleView = Schema<'Obstacle'>;
export type OpenTask = Schema<'OpenTask'>;
export type ParkedMessage = Schema<'ParkedMessage'>;
export type PathEntry = Schema<'PathEntry'>;
export type Receiver = Schema<'Receiver'>;
export type RequestAccepted = Schema<'RequestAccepted'>;
export type RequestView = Schema<'Request'>;
export type Sent = Schema<'Sent'>;
export type SystemStatus = Schema<'SystemStatus'>;
export type UserTaskView = Schema<'UserTask'>;
