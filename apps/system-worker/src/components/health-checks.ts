import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceRecord } from '@procos/contracts';
import { messageOf } from '@procos/errors';
import type { ServiceDirectory } from '@procos/service-directory';

/** What a service said about itself. */
export interface ComponentHealth {
  readonly name: string;
  /** Id of this copy in the directory. */
  readonly serviceId: string;
  /** It can do its work now. */
  readonly healthy: boolean;
  /** It answers at all. One that is alive and not healthy mostly waits for something else: restarting it helps nobody. */
  readonly alive: boolean;
  readonly responseTimeMs: number;
  /** Life-cycle state of a worker; `unreachable` when it did not answer. */
  readonly state: string;
  readonly topics: readonly string[];
}

export interface HealthChecks {
  checkAll(signal: AbortSignal): Promise<readonly ComponentHealth[]>;
  /** Checks again and again until all (or all named) are well (see {@link isWell}) or the time is up; gives the last answers. */
  settle(signal: AbortSignal, names?: readonly string[]): Promise<readonly ComponentHealth[]>;
}

export interface HealthCheckTimes {
  /** How long one service may take to answer. */
  readonly checkTimeoutMs: number;
  /** How long services may take to become healthy. */
  readonly settleTimeoutMs: number;
}

/** Health checks over HTTP, of the services that the directory names. */
export function createHealthChecks(
  directory: ServiceDirectory,
  { checkTimeoutMs, settleTimeoutMs }: HealthCheckTimes,
): HealthChecks {
  const checkOne = (record: ServiceRecord, signal: AbortSignal) =>
    askReadiness(record, AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]));
  const checkAll = async (signal: AbortSignal, names?: readonly string[]) => {
    const records = await directory.list();
    const wanted = names === undefined ? records : records.filter((record) => names.includes(record.service_name));
    return Promise.all(wanted.map((record) => checkOne(record, signal)));
  };
  return {
    checkAll: (signal) => checkAll(signal),
    settle: async (signal, names) => {
      const deadline = performance.now() + settleTimeoutMs;
      for (;;) {
        const health = await checkAll(signal, names);
        if (isWell(health) || performance.now() > deadline) return health;
        await delay(100, undefined, { signal });
      }
    },
  };
}

/**
 * True when each name has a copy that can work, and every copy that answers can. A record of which nobody answers beside a
 * healthy copy is what a dead system left: nothing can be done to it, and its name is served.
 */
export function isWell(copies: readonly ComponentHealth[]): boolean {
  const served = new Set(copies.filter(({ healthy }) => healthy).map(({ name }) => name));
  return copies.every(({ name, healthy, alive }) => healthy || (!alive && served.has(name)));
}

/** The copies that cannot work, and of them first those that do not even answer. */
export function unwellOf(copies: readonly ComponentHealth[]): readonly ComponentHealth[] {
  return copies.filter(({ healthy }) => !healthy).toSorted((a, b) => Number(a.alive) - Number(b.alive));
}

async function askReadiness(record: ServiceRecord, signal: AbortSignal): Promise<ComponentHealth> {
  const started = performance.now();
  const answered = (
    healthy: boolean,
    alive: boolean,
    state: string,
    topics: readonly string[] = [],
  ): ComponentHealth => ({
    name: record.service_name,
    serviceId: record.service_id,
    healthy,
    alive,
    state,
    topics,
    responseTimeMs: Math.round(performance.now() - started),
  });
  const [readiness, liveness] = await Promise.allSettled([
    fetch(record.health_check_url, { signal }),
    fetch(`${record.endpoint}/livez`, { signal }),
  ]);
  if (liveness.status === 'fulfilled') await liveness.value.body?.cancel();
  const isLive = liveness.status === 'fulfilled' && liveness.value.ok;
  if (readiness.status === 'rejected') return answered(false, isLive, `no answer: ${messageOf(readiness.reason)}`);
  const { ok } = readiness.value;
  const { state, topics } = await whatItSays(readiness.value);
  // Whoever says that it is not ready answers; a service in another language need not know /livez.
  return answered(
    ok,
    true,
    typeof state === 'string' ? state : ok ? 'READY' : 'NOT_READY',
    Array.isArray(topics) ? topics.map(String) : [],
  );
}

/** Longest answer that is read, in bytes: what a service says of itself is short. */
const longestAnswer = 65_536;

/** Our services say their state and topics in JSON; of the others the status is all there is, whatever they write. */
async function whatItSays(response: Response): Promise<{ readonly state?: unknown; readonly topics?: unknown }> {
  try {
    if (!(response.headers.get('content-type') ?? '').includes('json')) return {};
    if (Number(response.headers.get('content-length') ?? 0) > longestAnswer) return {};
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    // No JSON after all, or cut off: its status counts.
    return {};
  } finally {
    if (!response.bodyUsed) await response.body?.cancel();
  }
}
