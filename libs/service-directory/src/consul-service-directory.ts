import Consul from 'consul';
import type { ServiceRecord } from '@procos/contracts';
import { type ConsulEntry, checkIdOf, fromConsul, isPassing, toConsul } from './consul/consul-record.ts';
import { directoryError, faultOf } from './consul/consul-errors.ts';
import { watchHealth } from './consul/watch-health.ts';
import { UnknownServiceError } from './errors.ts';
import { hasAnyTag } from './health-rule.ts';
import { fingerprint } from './in-memory-service-directory.ts';
import { keepLastGood } from './last-good.ts';
import type { ServiceDirectory, ServiceFilter, ServiceListener } from './service-directory.ts';

export interface ConsulServiceDirectoryOptions {
  /** Base URL of a Consul agent, for example `http://localhost:8500`. */
  readonly url: string;
  /** ACL token. @default none */
  readonly token?: string | undefined;
  /** File that keeps the last good answers over a restart. @default kept in memory only */
  readonly lastGoodFile?: string | undefined;
  /** Told when Consul is away and an answer is from memory, or when watching it fails. */
  readonly onFault: (thrown: unknown) => void;
  /** How long Consul may take to answer, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
}

type Patience = NonNullable<Parameters<Consul['agent']['service']['list']>[0]> & { readonly timeout: number };

/** Directory of the distributed mode, on Consul. What it said last is kept for when it is away. */
export function createConsulServiceDirectory(options: ConsulServiceDirectoryOptions): ServiceDirectory {
  return keepLastGood(askConsul(options), { file: options.lastGoodFile, onFault: options.onFault });
}

function askConsul({ url, token, onFault, timeoutMs = 5_000 }: ConsulServiceDirectoryOptions): ServiceDirectory {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'https:';
  const consul = new Consul({
    host: hostname,
    port: Number(port) || (secure ? 443 : 80),
    secure,
    ...(token === undefined ? {} : { defaults: { token } }),
  });
  const watches = new Set<() => void>();
  // The package's types do not name it.
  const patience: Patience = { timeout: timeoutMs };
  return {
    ...discovery(consul, patience),
    ...registration(consul, patience),
    watch: (serviceName, listener) => {
      const end = watchHealth({ url, token, service: serviceName, onEntries: onChange(listener), onFault });
      watches.add(end);
      return () => {
        watches.delete(end);
        end();
      };
    },
    close: async () => {
      for (const end of watches) end();
      watches.clear();
      consul.destroy();
    },
  };
}

async function ask<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (thrown) {
    throw directoryError(thrown);
  }
}

function discovery(consul: Consul, patience: Patience): Pick<ServiceDirectory, 'discover' | 'list'> {
  const entriesOf = async (service: string) =>
    (await ask(() => consul.health.service({ service, ...patience }))) as readonly ConsulEntry[];
  return {
    discover: async (serviceName, filter) => select(await entriesOf(serviceName), filter),
    list: async (filter) => {
      const names = Object.keys(await ask(() => consul.catalog.service.list(patience)));
      const all = await Promise.all(names.filter((name) => name !== 'consul').map(entriesOf));
      return select(all.flat(), filter);
    },
  };
}

function registration(
  consul: Consul,
  patience: Patience,
): Pick<ServiceDirectory, 'register' | 'heartbeat' | 'deregister'> {
  return {
    register: (record) =>
      ask(async () => void (await consul.agent.service.register({ ...toConsul(record, new Date()), ...patience }))),
    heartbeat: async (serviceId) => {
      try {
        await consul.agent.check.pass({ id: checkIdOf(serviceId), note: new Date().toISOString(), ...patience });
      } catch (thrown) {
        const { statusCode } = faultOf(thrown);
        if (statusCode === 404) throw new UnknownServiceError(serviceId, { cause: thrown });
        if (statusCode !== 500) throw directoryError(thrown);
        // Either Consul asks this one by itself, or it has lost the check, or it has troubles of its own: it has one status for all.
        const checks = (await ask(() => consul.agent.check.list(patience))) as Readonly<
          Record<string, { readonly Name?: string }>
        >;
        const check = checks[checkIdOf(serviceId)];
        if (check === undefined) throw new UnknownServiceError(serviceId, { cause: thrown });
        if (check.Name !== 'http') throw directoryError(thrown);
      }
    },
    deregister: async (serviceId) => {
      try {
        await consul.agent.service.deregister({ id: serviceId, ...patience });
      } catch (thrown) {
        if (faultOf(thrown).statusCode !== 404) throw directoryError(thrown);
      }
    },
  };
}

/** Tells the healthy ones whenever they are others than before. */
function onChange(listener: ServiceListener): (entries: readonly ConsulEntry[]) => void {
  let reported: string | undefined;
  return (entries) => {
    const healthy = select(entries, { healthyOnly: true });
    const now = fingerprint(healthy);
    if (now === reported) return;
    reported = now;
    listener(healthy);
  };
}

function select(entries: readonly ConsulEntry[], filter: ServiceFilter = {}): readonly ServiceRecord[] {
  return entries
    .filter((entry) => filter.healthyOnly !== true || isPassing(entry))
    .toSorted((a, b) => a.Service.CreateIndex - b.Service.CreateIndex)
    .flatMap((entry) => fromConsul(entry) ?? [])
    .filter((record) => hasAnyTag(record, filter.anyTag));
}
