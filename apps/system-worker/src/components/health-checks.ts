import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceRecord } from '@procos/contracts';
import { messageOf } from '@procos/errors';
import type { ServiceDirectory } from '@procos/service-directory';

/** What a service said about itself. */
export interface ComponentHealth {
  readonly name: string;
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
  /** Checks again and again until all (or all named) are healthy or the time is up; gives the last answers. */
  settle(signal: AbortSignal, names?: readonly string[]): Promise<readonly ComponentHealth[]>;
}

export interface HealthCheckTimes {
  /** How long one service may take to answer. */
  readonly checkTimeoutMs: number;
  /** How long services may take to become healthy. */
  readonly settleTimeoutMs: number;
}

/** Health checks over HTTP, of the services that the directory names. */
export function createHealthChecks(directory: ServiceDirectory, { checkTimeoutMs, settleTimeoutMs }: HealthCheckTimes): HealthChecks {
  const checkOne = (record: ServiceRecord, signal: AbortSignal) => askReadiness(record, AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]));
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
        if (health.every(({ healthy }) => healthy) || performance.now() > deadline) return health;
        await delay(100, undefined, { signal });
      }
    },
  };
}

async function askReadiness(record: ServiceRecord, signal: AbortSignal): Promise<ComponentHealth> {
  const started = performance.now();
  const answered = (healthy: boolean, alive: boolean, state: string, topics: readonly string[] = []): ComponentHealth => ({
    name: record.service_name,
    healthy,
    alive,
    state,
    topics,
    responseTimeMs: Math.round(performance.now() - started),
  });
  const [readiness, liveness] = await Promise.allSettled([fetch(record.health_check_url, { signal }), fetch(`${record.endpoint}/livez`, { signal })]);
  const alive = liveness.status === 'fulfilled' && liveness.value.ok;
  if (readiness.status === 'rejected') return answered(false, alive, `no answer: ${messageOf(readiness.reason)}`);
  const body = (await readiness.value.json()) as { state?: unknown; topics?: unknown };
  const topics = Array.isArray(body.topics) ? body.topics.map(String) : [];
  const { ok } = readiness.value;
  return answered(ok, alive, typeof body.state === 'string' ? body.state : ok ? 'READY' : 'NOT_READY', topics);
}
