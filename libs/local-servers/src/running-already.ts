// Services that somebody else runs: named by an address in the environment, used and left alone.
import { askJaegerVersion } from './jaeger.ts';
import { askPostgresVersion } from './postgres-session.ts';
import { askPrometheusVersion } from './prometheus.ts';
import { askRabbitMqVersion } from './rabbitmq-version.ts';
import type { RunningService, ServiceName } from './running-service.ts';
import { ServiceStartError } from './service-error.ts';

const user = ({ username }: URL) => decodeURIComponent(username);
const password = (url: URL) => decodeURIComponent(url.password);
const databaseOf = (url: URL) => decodeURIComponent(url.pathname.slice(1));

interface Known {
  /** Names its address in the environment. */
  readonly variable: string;
  /** The usual one. */
  readonly port: number;
  /** Its version; undefined when nobody answers. */
  readonly ask: (url: URL, port: number) => Promise<string | undefined>;
  /** What a handle of it says besides. */
  readonly more?: (url: URL, port: number) => Partial<RunningService>;
}

const known: Readonly<Record<ServiceName, Known>> = {
  rabbitmq: {
    variable: 'PROCOS_TEST_RABBITMQ_URL',
    port: 5672,
    ask: ({ hostname: host }, port) => askRabbitMqVersion({ host, port }),
    more: (url) => ({
      ...credentialsOf(url, 'guest'),
      managementUrl: given('PROCOS_TEST_RABBITMQ_MANAGEMENT_URL') ?? `http://${url.hostname}:15672`,
    }),
  },
  postgres: {
    variable: 'PROCOS_TEST_POSTGRES_URL',
    port: 5432,
    ask: (url, port) =>
      askPostgresVersion({
        host: url.hostname,
        port,
        user: user(url),
        password: password(url),
        database: databaseOf(url),
      }),
    more: (url, port) => ({
      ...credentialsOf(url),
      jdbcUrl: `jdbc:postgresql://${url.hostname}:${port}${url.pathname}`,
    }),
  },
  consul: { variable: 'PROCOS_TEST_CONSUL_URL', port: 8500, ask: (url) => askConsulVersion(url) },
  prometheus: {
    variable: 'PROCOS_TEST_PROMETHEUS_URL',
    port: 9090,
    ask: (url) => askPrometheusVersion(url),
  },
  jaeger: {
    variable: 'PROCOS_TEST_JAEGER_URL',
    port: 16686,
    ask: (url) => askJaegerVersion(url),
    more: (url) => ({ otlpUrl: given('PROCOS_TEST_JAEGER_OTLP_URL') ?? `http://${url.hostname}:4318` }),
  },
};

const given = (variable: string) => process.env[variable] || undefined;
const credentialsOf = (url: URL, usual = '') => ({ user: user(url) || usual, password: password(url) || usual });

/** The service of that name that runs already; undefined when no address is given. @throws ServiceStartError when nobody answers there */
export async function useRunning(name: ServiceName): Promise<RunningService | undefined> {
  const { variable, port: usualPort, ask, more } = known[name];
  const address = given(variable);
  if (address === undefined) return undefined;
  if (!URL.canParse(address)) throw new ServiceStartError(name, `${variable} is no URL.`);
  const url = new URL(address);
  const port = Number(url.port) || usualPort;
  const version = await ask(url, port);
  if (version === undefined)
    throw new ServiceStartError(name, `${variable} names ${url.host}, but no ${name} that lets us in answers there.`);
  const notOurs = async () => {
    throw new ServiceStartError(name, `The ${name} of ${variable} is not ours to end or restart.`);
  };
  return {
    service: name,
    from: variable,
    url: address,
    port,
    pid: undefined,
    version,
    ...more?.(url, port),
    stop: async () => undefined,
    kill: notOurs,
    restart: notOurs,
  };
}

async function askConsulVersion(url: URL): Promise<string | undefined> {
  try {
    const response = await fetch(new URL('/v1/agent/self', url), { signal: AbortSignal.timeout(3_000) });
    if (!response.ok) return undefined;
    return ((await response.json()) as { readonly Config: { readonly Version: string } }).Config.Version;
  } catch {
    // Nobody there: the caller says so.
    return undefined;
  }
}
