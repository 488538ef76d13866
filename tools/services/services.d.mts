/** One real service, running. */
export interface RunningService {
  readonly service: ServiceName;
  /** Where it was taken from: `PROCOS_TEST_RABBITMQ_URL`, `container …`, `package …`, `Go module …`. */
  readonly from: string;
  readonly url: string;
  readonly port: number;
  /** undefined when it was running already */
  readonly pid: number | undefined;
  /** What the server itself says. */
  readonly version: string;
  /** Resolves when its present life ends, however that comes about; undefined when it was running already. */
  readonly exited?: Promise<unknown>;
  /** Ends it in good order and removes its scratch folder; one that was running already is left alone. */
  stop(): Promise<unknown>;
  /** Ends it as a power failure would; `restart` finds its state. */
  kill(): Promise<unknown>;
  /** Starts it again: same ports, same state. */
  restart(): Promise<void>;
}

export interface RunningRabbitMq extends RunningService {
  readonly managementUrl: string;
  readonly user: string;
  readonly password: string;
  /** Runs `rabbitmqctl` on this server. @returns what it says */
  control(...words: readonly string[]): Promise<string>;
}

export interface RunningPostgres extends RunningService {
  /** For `CAMUNDA_DB_URL` of the engine. */
  readonly jdbcUrl: string;
  readonly user: string;
  readonly password: string;
}

export interface RunningJaeger extends RunningService {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly otlpUrl: string;
}

export interface ServiceOptions {
  /** Holds its state and its log. @default a scratch folder that `stop` removes */
  readonly folder?: string;
  /** @default free ones */
  readonly ports?: readonly number[];
  readonly onProgress?: (message: string) => void;
}

export interface ConsulOptions extends ServiceOptions {
  /** With access control: everything is denied but to this token. @default open */
  readonly acl?: { readonly token: string };
}

export interface PrometheusOptions extends ServiceOptions {
  /** Its configuration, YAML. @default one that reads nothing */
  readonly config?: string;
}

export type ServiceName = 'rabbitmq' | 'postgres' | 'consul' | 'prometheus' | 'jaeger';
export const serviceNames: readonly ServiceName[];

/** Thrown when a service cannot be had on this machine, or does not come up. */
export class ServiceStartError extends Error {
  readonly service: string;
  readonly lastLines: readonly string[];
}

/**
 * Each starts a service from what the machine has: container engine, system package, published Go module.
 *
 * @throws ServiceStartError
 */
export function startRabbitMq(options?: ServiceOptions): Promise<RunningRabbitMq>;
export function startPostgres(options?: ServiceOptions): Promise<RunningPostgres>;
export function startConsul(options?: ConsulOptions): Promise<RunningService>;
export function startPrometheus(options?: PrometheusOptions): Promise<RunningService>;
export function startJaeger(options?: ServiceOptions): Promise<RunningJaeger>;
/** The one of that name, of its own whatever runs already. */
export function startOwnService(name: ServiceName, options?: ServiceOptions): Promise<RunningService>;
/** The one of that name that runs already and is named by `PROCOS_TEST_RABBITMQ_URL` and the like; else as above. */
export function startService(name: ServiceName, options?: ServiceOptions): Promise<RunningService>;
