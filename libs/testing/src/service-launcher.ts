/** The services that are started for every run. */
export type SharedServiceName = 'rabbitmq' | 'postgres' | 'consul';

export {
  /** Options of all services: each takes what concerns it. */
  type AnyServiceOptions as StartServiceOptions,
  /** One real service, running. */
  type RunningService as StartedService,
  type ServiceName,
  /** A service of its own, for tests that end it and start it again. */
  startOwnService,
  /** A service for the whole test run: one that runs already where an address is given, else one of its own. */
  startService as startSharedService,
} from '@procos/local-servers';
