/** One real service, running. Its launcher lives in tools/services. */
export interface StartedService {
  readonly service: ServiceName;
  /** Where it was taken from. */
  readonly from: string;
  readonly url: string;
  readonly port: number;
  readonly version: string;
  readonly pid: number | undefined;
  /** RabbitMQ only: its management API. */
  readonly managementUrl?: string;
  /** PostgreSQL only: for `CAMUNDA_DB_URL` of the engine. */
  readonly jdbcUrl?: string;
  /** Jaeger only: for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly otlpUrl?: string;
  /** PostgreSQL and RabbitMQ only. */
  readonly user?: string;
  /** PostgreSQL and RabbitMQ only: made for this service, it is part of `url` too. */
  readonly password?: string;
  /** RabbitMQ only: runs `rabbitmqctl` on this server. */
  control?(...words: readonly string[]): Promise<string>;
  stop(): Promise<unknown>;
  /** Ends it as a power failure would; `restart` finds its state. */
  kill(): Promise<unknown>;
  restart(): Promise<void>;
}

/** The services that are started for every run. */
export type SharedServiceName = 'rabbitmq' | 'postgres' | 'consul';

export type ServiceName = SharedServiceName | 'prometheus' | 'jaeger';

export interface StartServiceOptions {
  readonly onProgress?: (message: string) => void;
  /** Consul only: everything is denied but to this token. */
  readonly acl?: { readonly token: string };
  /** Prometheus only: its configuration, YAML. */
  readonly config?: string;
}

interface Launcher {
  startService(name: ServiceName, options: StartServiceOptions): Promise<StartedService>;
  startOwnService(name: ServiceName, options: StartServiceOptions): Promise<StartedService>;
}

/** By address and not by name: a library does not depend on tools/, only a test run starts something there. */
async function loadLauncher(): Promise<Launcher> {
  return (await import(new URL('../../../tools/services/services.mjs', import.meta.url).href)) as Launcher;
}

/** A service for the whole test run: one that runs already where an address is given, else one of its own. */
export async function startSharedService(
  name: ServiceName,
  options: StartServiceOptions = {},
): Promise<StartedService> {
  return (await loadLauncher()).startService(name, options);
}

/** A service of its own, for tests that end it and start it again. */
export async function startOwnService(name: ServiceName, options: StartServiceOptions = {}): Promise<StartedService> {
  return (await loadLauncher()).startOwnService(name, options);
}
