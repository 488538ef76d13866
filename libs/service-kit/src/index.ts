/**
 * For people who build on ProcOS: what changes here changes for them.
 *
 * @packageDocumentation
 * @public
 */
export type { App, Readiness } from './app.ts';
export { procosVersion } from './procos-version.ts';
export { createHttpService } from './http-service.ts';
export type { HttpService, HttpServiceOptions } from './http-service.ts';
export { serviceErrors } from './errors.ts';
export { connectionFields, engineFields, engineOrigin, logLevelSynonyms, serviceFields } from './service-fields.ts';
export { portVariable } from './port-variable.ts';
export { workerFields, workerOptions } from './worker-fields.ts';
export { engineConnection } from './engine-connection.ts';
export { declareApp } from './declare-app.ts';
export type { AppParts, Copies, DeclaredApp, Runs } from './declare-app.ts';
export { runApp } from './run-app.ts';
export { supervisedFlag, renderError } from './run-main.ts';
export { serveSupervisor } from './supervision.ts';
export type {
  AppReport,
  AppRequest,
  MainParts,
  Supervisor,
  SupervisorAnswer,
  SupervisorChannel,
  SupervisorCommand,
} from './supervision.ts';
export { announced } from './announced.ts';
export type { AnnouncedConfig, AnnouncedOptions } from './announced.ts';
export { directoryFrom, eventBusFrom } from './connections.ts';
export type { ConnectionConfig } from './connections.ts';
export { bindRoutes } from './routes/bind-routes.ts';
export type { RouteErrors } from './routes/bind-routes.ts';
export { reply, route, streamRoute } from './routes/route.ts';
export type { Call, Route } from './routes/route.ts';
export { createWorkerApp } from './worker-app.ts';
export type { ServedWorker, WorkerAppOptions } from './worker-app.ts';
