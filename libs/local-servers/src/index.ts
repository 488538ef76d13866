/**
 * For this repository alone.
 *
 * @packageDocumentation
 * @internal
 */
export type { ServerEnd } from './child-server.ts';
export type {
  ConsulOptions,
  PrometheusOptions,
  RunningJaeger,
  RunningPostgres,
  RunningRabbitMq,
  RunningService,
  ServiceName,
  ServiceOptions,
} from './running-service.ts';
export { buildGoTool, GoToolError } from './build-go-tool.ts';
export { freePorts, takenPort } from './free-port.ts';
export { keptPlace } from './kept-place.ts';
export { launcherArguments } from './launcher-arguments.ts';
export { startPostgres } from './postgres.ts';
export { type PostgresAddress, PostgresError, postgresSession } from './postgres-session.ts';
export { startRabbitMq } from './rabbitmq.ts';
export { ServiceStartError } from './service-error.ts';
export { type AnyServiceOptions, serviceNames, startOwnService, startService } from './services.ts';
