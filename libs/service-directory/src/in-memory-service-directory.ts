import type { ServiceRecord } from '@procos/contracts';
import { UnknownServiceError } from './errors.ts';
import { forgetAfterMs, hasAnyTag, healthCheckIntervalMs, isHealthy } from './health-rule.ts';
import type { ServiceDirectory, ServiceFilter, ServiceListener, ServiceRegistration } from './service-directory.ts';

interface Known {
  record: ServiceRecord;
  readonly intervalMs: number;
  /** Undefined for those that were there from the start: the composition root answers for them. */
  readonly asking?: NodeJS.Timeout | undefined;
  readonly lasting: boolean;
}

interface Watcher {
  readonly name: string;
  readonly listener: ServiceListener;
  told: string | undefined;
}

/** How often watchers are told of those that have become unhealthy by silence, in milliseconds. */
const lookEveryMs = 250;

/**
 * Directory of one process: of the embedded mode, where the composition root knows every service it starts, and of tests.
 *
 * @param records services that are there from the start; they count as healthy
 */
export function createInMemoryServiceDirectory(records: readonly ServiceRecord[]): ServiceDirectory {
  const known = new Map<string, Known>(records.map((record) => [record.service_id, { record, intervalMs: healthCheckIntervalMs, lasting: true }]));
  const watchers = new Set<Watcher>();
  const select = (filter: ServiceFilter = {}, name?: string): ServiceRecord[] => {
    const now = Date.now();
    for (const [id, one] of known) if (!one.lasting && now - Date.parse(one.record.last_heartbeat) > forgetAfterMs) known.delete(id);
    return [...known.values()]
      .filter(({ record }) => name === undefined || record.service_name === name)
      .filter(({ record, intervalMs, lasting }) => filter.healthyOnly !== true || lasting || isHealthy(record, now, intervalMs))
      .filter(({ record }) => hasAnyTag(record, filter.anyTag))
      .map(({ record }) => record);
  };
  const tellWatchers = () => {
    for (const watcher of watchers) {
      const healthy = select({ healthyOnly: true }, watcher.name);
      const now = fingerprint(healthy);
      if (now === watcher.told) continue;
      watcher.told = now;
      watcher.listener(healthy);
    }
  };
  const looking = setInterval(tellWatchers, lookEveryMs).unref();
  const beat = (serviceId: string) => {
    const one = known.get(serviceId);
    if (one === undefined) throw new UnknownServiceError(serviceId);
    one.record = { ...one.record, last_heartbeat: new Date().toISOString() };
    tellWatchers();
  };
  const forget = (serviceId: string) => {
    clearInterval(known.get(serviceId)?.asking);
    known.delete(serviceId);
    tellWatchers();
  };
  return {
    discover: async (serviceName, filter) => select(filter, serviceName),
    list: async (filter) => select(filter),
    register: async ({ check = 'heartbeat', intervalMs = healthCheckIntervalMs, ...record }) => {
      clearInterval(known.get(record.service_id)?.asking);
      const ask = () => void answers(record).then((healthy) => healthy && known.has(record.service_id) && beat(record.service_id));
      const asking = check === 'http' ? setInterval(ask, intervalMs).unref() : undefined;
      known.set(record.service_id, { record: { ...record, last_heartbeat: new Date().toISOString() }, intervalMs, asking, lasting: false });
      tellWatchers();
    },
    heartbeat: async (serviceId) => beat(serviceId),
    deregister: async (serviceId) => forget(serviceId),
    watch: (name, listener) => {
      const watcher: Watcher = { name, listener, told: undefined };
      watchers.add(watcher);
      queueMicrotask(tellWatchers);
      return () => void watchers.delete(watcher);
    },
    close: async () => {
      clearInterval(looking);
      for (const { asking } of known.values()) clearInterval(asking);
      watchers.clear();
    },
  };
}

/** What a watcher is told of; a heartbeat alone is no news. */
export function fingerprint(records: readonly ServiceRecord[]): string {
  return JSON.stringify(records.map(({ last_heartbeat: _, ...rest }) => rest));
}

async function answers({ health_check_url: url }: Pick<ServiceRegistration, 'health_check_url'>): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // No answer is an answer too: it is not healthy.
    return false;
  }
}
