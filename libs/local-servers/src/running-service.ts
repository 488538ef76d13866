import type { ServerEnd } from './child-server.ts';

export type ServiceName = 'rabbitmq' | 'postgres' | 'consul' | 'prometheus' | 'jaeger';

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
  readonly exited?: Promise<ServerEnd>;
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
  /** RabbitMQ only: runs `rabbitmqctl` on this server. @returns what it says */
  control?(...words: readonly string[]): Promise<string>;
  /** Ends it in good order and removes its scratch folder; one that was running already is left alone. */
  stop(): Promise<void>;
  /** Ends it as a power failure would; `restart` finds its state. */
  kill(): Promise<unknown>;
  /** Starts it again: same ports, same state. */
  restart(): Promise<void>;
}

export type RunningRabbitMq = RunningService &
  Required<Pick<RunningService, 'managementUrl' | 'user' | 'password' | 'control'>>;
export type RunningPostgres = RunningService & Required<Pick<RunningService, 'jdbcUrl' | 'user' | 'password'>>;
export type RunningJaeger = RunningService & Required<Pick<RunningService, 'otlpUrl'>>;

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

/** Where a service keeps its state; `kept`: the folder stays when it has ended. */
export interface ServicePlace {
  readonly folder: string;
  readonly kept: boolean;
}

export type OnProgress = (message: string) => void;
