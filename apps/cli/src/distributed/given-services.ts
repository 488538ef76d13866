import { connect } from 'node:net';
import type { Environment } from '@procos/config';
import { messageOf } from '@procos/errors';
import { BrokerRefusedError, probeBroker } from '@procos/event-bus';
import { distributedErrors } from './errors.ts';
import { serviceKinds, type ServiceName, serviceNames } from './service-kinds.ts';

const patienceMs = 5_000;

/** The servers that the environment names. @returns those that it does not */
export async function checkGivenServices(env: Environment): Promise<readonly ServiceName[]> {
  const isGiven = (name: ServiceName) => (env[serviceKinds[name].variable] ?? '') !== '';
  await Promise.all(serviceNames.filter(isGiven).map((name) => checkGiven(name, env)));
  return serviceNames.filter((name) => !isGiven(name));
}

/**
 * Asks whether somebody listens where a server is said to be, and lets us in.
 *
 * @throws PROCOS_CLI_SERVICE_AWAY when nobody answers
 * @throws PROCOS_CLI_SERVICE_REFUSED when the credentials are wrong, or somebody else answers
 */
async function checkGiven(name: ServiceName, env: Environment): Promise<void> {
  const { variable, usualPort } = serviceKinds[name];
  const address = (env[variable] ?? '').replace(/^jdbc:/, '');
  const { hostname = '', port = '', host = address } = URL.canParse(address) ? new URL(address) : {};
  const away = await silence(hostname, Number(port) || usualPort);
  if (away !== undefined)
    throw distributedErrors.PROCOS_CLI_SERVICE_AWAY({ service: name, variable, host, reason: away });
  const refused = await checks[name]?.(address, env);
  if (refused !== undefined)
    throw distributedErrors.PROCOS_CLI_SERVICE_REFUSED({ service: name, variable, host, reason: refused });
}

/** Why nobody answers there; `undefined` when somebody does. */
function silence(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replaceAll(/[[\]]/g, ''), port, timeout: patienceMs });
    const settle = (why?: string) => {
      socket.destroy();
      resolve(why);
    };
    socket.once('connect', () => settle());
    socket.once('timeout', () => settle(`no answer within ${patienceMs / 1_000} s`));
    socket.once('error', (fault: NodeJS.ErrnoException) => settle(fault.code ?? fault.message));
  });
}

/** Why it does not let us in; the engine itself says so of a database. */
const checks: Partial<Record<ServiceName, (address: string, env: Environment) => Promise<string | undefined>>> = {
  rabbitmq: async (url) => {
    try {
      await probeBroker(url, patienceMs);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof BrokerRefusedError) return thrown.message;
      throw thrown;
    }
  },
  consul: async (url, { CONSUL_HTTP_TOKEN: token = '' }) => {
    try {
      const headers: Record<string, string> = token === '' ? {} : { 'x-consul-token': token };
      const response = await fetch(new URL('/v1/catalog/services', url), {
        headers,
        signal: AbortSignal.timeout(patienceMs),
      });
      await response.body?.cancel();
      if (response.status === 403) return 'it refuses the token in CONSUL_HTTP_TOKEN';
      return response.ok || response.status >= 500 ? undefined : `it answers ${response.status}, as no Consul does`;
    } catch (thrown) {
      return `what listens there is no Consul (${messageOf(thrown)})`;
    }
  },
};
