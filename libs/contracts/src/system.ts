/** Names fixed for the whole system: process keys, message names, business keys. */

export const processKeys = {
  systemOrchestrator: 'procos_system_orchestrator',
  systemShutdown: 'procos_system_shutdown',
  healthMonitoring: 'procos_health_monitoring',
  errorRecovery: 'procos_error_recovery',
  userRequest: 'procos_user_request',
  fileOperation: 'procos_file_operation',
  serviceCall: 'procos_service_call',
  userInteraction: 'procos_user_interaction',
  aiQuery: 'ai_query_process',
  helloEmail: 'hello_email_process',
} as const;

export const messageNames = {
  /** Starts one instance of the user request process: intake is a message start event, so it never blocks. */
  userRequest: 'UserRequest',
  /** Tells a running orchestrator that the system has booted again. */
  systemRestarted: 'SystemRestarted',
  /** Ends the orchestrator. */
  shutdownSignal: 'ShutdownSignal',
} as const;

/** Business key of the one orchestrator instance and of the shutdown instance. */
export const systemBusinessKey = 'procos-system';

/** Business key of the recovery of an incident: by it the engine's history knows that the incident was taken. */
export const recoveryBusinessKey = (incidentId: string): string => `incident:${incidentId}`;

/** Where the engine listens unless told otherwise; the port of an app stands in its own settings. */
export const defaultEnginePort = 8080;

/** Process variable that carries the W3C trace context through every task of an instance. */
export const traceparentVariable = 'traceparent';

/** Deployments of the kernel carry this source, so that its own can be told from a user's. */
export const kernelSource = 'ProcOS Microkernel';
