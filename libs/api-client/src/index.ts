/**
 * The public API of the gateway for TypeScript programs: typed calls, lists and events.
 *
 * @packageDocumentation
 * @public
 */
export { createGatewayClient, type GatewayClient } from './gateway-client.ts';
export type { ClientOptions } from './client-options.ts';
export type { Call, CallOptions } from './call.ts';
export type { Failure } from './failure.ts';
export type { FollowOptions } from './follow-events.ts';
export { GatewayRefusal, type NamedOperation } from './gateway-refusal.ts';
export { type Listing, listingOf, type Page, type Range } from './listing.ts';
export type { Answer, GatewayEvent, OperationId, RequestOf, Schema } from './operation-types.ts';
export { misfit, type Shape } from './shape.ts';
export type {
  AwaitedTask,
  Caller,
  DefinitionView,
  DefinitionsChanged,
  DeploymentDeleted,
  DeploymentResult,
  DeploymentView,
  EndEvent,
  FailureView,
  Finding,
  FormField,
  FormView,
  IncidentView,
  InstanceSummary,
  InstanceView,
  ObstacleView,
  OpenTask,
  ParkedMessage,
  PathEntry,
  Receiver,
  RequestAccepted,
  RequestView,
  Sent,
  SystemStatus,
  UserTaskView,
} from './views.ts';
