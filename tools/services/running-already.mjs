// Services that somebody else runs: named by an address in the environment, used and left alone.
import { askJaegerVersion } from './jaeger.mjs';
import { askPostgresVersion } from './postgres-session.mjs';
import { askPrometheusVersion } from './prometheus.mjs';
import { askRabbitMqVersion } from './rabbitmq-version.mjs';
import { ServiceStartError } from './service-error.mjs';

const user = ({ username }) => decodeURIComponent(username);
const password = (url) => decodeURIComponent(url.password);
const databaseOf = (url) => decodeURIComponent(url.pathname.slice(1));

/** Address in the environment, usual port, how its version is asked for, and what a handle of it tells besides. */
const known = {
  rabbitmq: {
    variable: 'PROCOS_TEST_RABBITMQ_URL',
    port: 5672,
    ask: ({ hostname: host }, port) => askRabbitMqVersion({ host, port }),
    tell: (url) => ({
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
    tell: (url, port) => ({
      ...credentialsOf(url),
      jdbcUrl: `jdbc:postgresql://${url.hostname}:${port}${url.pathname}`,
    }),
  },
  consul: { variable: 'PROCOS_TEST_CONSUL_URL', port: 8500, ask: (url) => askConsulVersion(url), tell: () => ({}) },
  prometheus: {
    variable: 'PROCOS_TEST_PROMETHEUS_URL',
    port: 9090,
    ask: (url) => askPrometheusVersion(url),
    tell: () => ({}),
  },
  jaeger: {
    variable: 'PROCOS_TEST_JAEGER_URL',
    port: 16686,
    ask: (url) => askJaegerVersion(url),
    tell: (url) => ({ otlpUrl: given('PROCOS_TEST_JAEGER_OTLP_URL') ?? `http://${url.hostname}:4318` }),
  },
};

const given = (variable) => process.env[variable] || undefined;
const credentialsOf = (url, usual = '') => ({ user: user(url) || usual, password: password(url) || usual });

/** The service of that name that runs already; undefined when no address is given. @throws {ServiceStartError} when nobody answers there */
export async function useRunning(name) {
  const { variable, port: usualPort, ask, tell } = known[name];
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
    ...tell(url, port),
    stop: async () => {},
    kill: notOurs,
    restart: notOurs,
  };
}

async function askConsulVersion(url) {
  try {
    const response = await fetch(new URL('/v1/agent/self', url), { signal: AbortSignal.timeout(3_000) });
    return response.ok ? (await response.json()).Config.Version : undefined;
  } catch {
    // Nobody there: the caller says so.
    return undefined;
  }
}
