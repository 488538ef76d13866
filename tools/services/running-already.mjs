// Services that somebody else runs: named by an address in the environment, used and left alone.
import { askPostgresVersion } from './postgres-version.mjs';
import { askRabbitMqVersion } from './rabbitmq-version.mjs';
import { ServiceStartError } from './service-error.mjs';

const addresses = {
  rabbitmq: { variable: 'PROCOS_TEST_RABBITMQ_URL', port: 5672, ask: ({ hostname: host }, port) => askRabbitMqVersion({ host, port }) },
  postgres: {
    variable: 'PROCOS_TEST_POSTGRES_URL',
    port: 5432,
    ask: ({ hostname: host, username, pathname }, port) => askPostgresVersion({ host, port, user: username, database: pathname.slice(1) }),
  },
  consul: { variable: 'PROCOS_TEST_CONSUL_URL', port: 8500, ask: (url) => askConsulVersion(url) },
};

/** The service of that name that runs already; undefined when no address is given. @throws {ServiceStartError} when nobody answers there */
export async function useRunning(name) {
  const { variable, port: usualPort, ask } = addresses[name];
  const given = process.env[variable];
  if (!given) return undefined;
  const url = new URL(given);
  const port = Number(url.port) || usualPort;
  const version = await ask(url, port);
  if (version === undefined) throw new ServiceStartError(name, `${variable} names ${url.host}, but no ${name} that lets us in answers there.`);
  const notOurs = async () => {
    throw new ServiceStartError(name, `The ${name} of ${variable} is not ours to end or restart.`);
  };
  const extra = name === 'postgres' ? { jdbcUrl: `jdbc:postgresql://${url.hostname}:${port}${url.pathname}`, user: url.username } : {};
  return { service: name, from: variable, url: given, port, pid: undefined, version, ...extra, stop: async () => {}, kill: notOurs, restart: notOurs };
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
