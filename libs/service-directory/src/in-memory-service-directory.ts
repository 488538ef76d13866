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

/** How often watchers are told of those that have become unhealthy by silence, in milliseconds. */
const lookEveryMs = 250;

/**
 * Directory of one process: of the embedded mode, where the composition root knows every service it starts, and of tests.
 *
 * @param records services that are there from the start; they count as healthy
 */
export function createInMemoryServiceDirectory(records: readonly ServiceRecord[]): ServiceDirectory {
  const known = new Map<string, Known>(
    records.map((record) => [record.service_id, { record, intervalMs: healthCheckIntervalMs, lasting: true }]),
  );
  const watchers = createWatchers((name) => select(known, { healthyOnly: true }, name));
  const looking = setInterval(watchers.look, lookEveryMs).unref();
  const beat = (serviceId: string) => {
    const one = known.get(serviceId);
    if (one === undefined) throw new UnknownServiceError(serviceId);
    one.record = { ...one.record, last_heartbeat: new Date().toISOString() };
    watchers.look();
  };
  return {
    discover: async (serviceName, filter) => select(known, filter, serviceName),
    list: async (filter) => select(known, filter),
    register: async (registration) => {
      const { service_id: serviceId } = registration;
      clearInterval(known.get(serviceId)?.asking);
      known.set(
        serviceId,
        newcomer(registration, (healthy) => healthy && known.has(serviceId) && beat(serviceId)),
      );
      watchers.look();
    },
    heartbeat: async (serviceId) => beat(serviceId),
    deregister: async (serviceId) => {
      clearInterval(known.get(serviceId)?.asking);
      known.delete(serviceId);
      watchers.look();
    },
    watch: watchers.watch,
    close: async () => {
      clearInterval(looking);
      for (const { asking } of known.values()) clearInterval(asking);
      watchers.clear();
    },
  };
}

/** @param asked told of each answer to its health check */
function newcomer(
  { check = 'heartbeat', intervalMs = healthCheckIntervalMs, ...record }: ServiceRegistration,
  asked: (healthy: boolean) => void,
): Known {
  const ask = () => void answers(record).then(asked);
  return {
    record: { ...record, last_heartbeat: new Date().toISOString() },
    intervalMs,
    asking: check === 'http' ? setInterval(ask, intervalMs).unref() : undefined,
    lasting: false,
  };
}

function select(known: Map<string, Known>, filter: ServiceFilter = {}, name?: string): ServiceRecord[] {
  const now = Date.now();
  for (const [id, { lasting, record, asking }] of known) {
    if (lasting || now - Date.parse(record.last_heartbeat) <= forgetAfterMs) continue;
    clearInterval(asking);
    known.delete(id);
  }
  return [...known.values()]
    .filter(({ record }) => name === undefined || record.service_name === name)
    .filter(
      ({ record, intervalMs, lasting }) => filter.healthyOnly !== true || lasting || isHealthy(record, now, intervalMs),
    )
    .map(({ record }) => record)
    .filter((record) => hasAnyTag(record, filter.anyTag));
}

/** @param healthy the healthy copies of a name */
function createWatchers(healthy: (name: string) => readonly ServiceRecord[]) {
  const watchers = new Set<{
    readonly name: string;
    readonly listener: ServiceListener;
    reported: string | undefined;
  }>();
  const look = () => {
    for (const watcher of watchers) {
      const records = healthy(watcher.name);
      const now = fingerprint(records);
      if (now === watcher.reported) continue;
      watcher.reported = now;
      watcher.listener(records);
    }
  };
  return {
    look,
    watch: (name: string, listener: ServiceListener) => {
      const watcher = { name, listener, reported: undefined };
      watchers.add(watcher);
      queueMicrotask(look);
      return () => void watchers.delete(watcher);
    },
    clear: () => watchers.clear(),
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
