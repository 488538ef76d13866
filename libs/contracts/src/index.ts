/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export { compileCheck, compileFaultFinder, renderFaults, toFault } from './validation.ts';
export { faultWords, foldAlternatives } from './fault-words.ts';
export type { Check, Checked, Fault } from './validation.ts';
export { defineTaskContract } from './task-contract.ts';
export type { BpmnErrorContract, ElementProperty, TaskContract } from './task-contract.ts';
export { eventExchange, makeEvent, matchesRoutingKey, ProcosEvent } from './events.ts';
export type { EventFields } from './events.ts';
export { eventFault } from './check-event-data.ts';
export { eventChannels } from './event-channels.ts';
export type { EventChannel } from './event-channel.ts';
export { MessageData, StartData } from './inbound-events.ts';
export { asyncApiDocument } from './asyncapi.ts';
export { ServiceRecord } from './service-record.ts';
export {
  defaultEnginePort,
  kernelSource,
  messageNames,
  processKeys,
  recoveryBusinessKey,
  systemBusinessKey,
  traceparentVariable,
} from './system.ts';
export {
  aiQuery,
  dataTransform,
  dataValidation,
  emailSend,
  emailValidation,
  fileOperation,
  httpRequest,
  inputValidation,
  providerSelection,
  responseFormatting,
  serviceCall,
  taskContracts,
} from './tasks/index.ts';
export type { AiQueryInput, AiQueryOutput, EmailSendInput, EmailSendOutput } from './tasks/index.ts';
/** @internal */
export {
  adminNotification,
  componentRestart,
  errorDetection,
  errorHandling,
  healthMonitoring,
  operationRetry,
  requestRouting,
  systemInitialization,
  systemShutdown,
  systemTaskContracts,
  workerManagement,
} from './tasks/system/index.ts';
export { defineRoute } from './http/route-contract.ts';
export type {
  HttpMethod,
  ReplyContract,
  ReplyContracts,
  RouteContract,
  RouteInput,
  RouteReply,
} from './http/route-contract.ts';
export { ErrorAnswer, openApiDocument } from './http/openapi.ts';
export { operationFinder } from './http/named-operations.ts';
export type { ApiInfo } from './http/openapi.ts';
export { adapterRoutes, AdapterRefusal } from './http/adapters/call-service.ts';
export { emailAdapterName, SendEmailParameters, SendEmailResult } from './http/adapters/email-methods.ts';
export { gatewayRoutes } from './http/gateway.ts';
export { bridgeRoutes } from './http/event-bridge.ts';
export type { ParkedMessage } from './http/event-bridge.ts';
export { registryRoutes } from './http/registry.ts';
export { serviceRoutes } from './http/service.ts';
export { longestDetails } from './http/gateway/shared-schemas.ts';
export type {
  Caller,
  EndEvent,
  FailureView,
  IncidentView,
  ObstacleView,
  PathEntry,
} from './http/gateway/shared-schemas.ts';
export type { RequestAccepted, RequestView } from './http/gateway/requests.ts';
export type { InstanceState, InstanceSummary, InstanceView, OpenTask } from './http/gateway/instances.ts';
export type { DefinitionsChanged, DefinitionView, DeploymentDeleted } from './http/gateway/definitions.ts';
export type { AwaitedTask, FormField, FormView } from './http/gateway/forms.ts';
export type { Receiver, Sent } from './http/gateway/messages.ts';
export type { DeploymentResult, DeploymentView, Finding, ModelFile, ModelRefused } from './http/gateway/deployments.ts';
export type { IncidentRetried } from './http/gateway/incidents.ts';
export type { UserTaskView } from './http/gateway/user-tasks.ts';
export type { SystemStatus } from './http/gateway/status.ts';
