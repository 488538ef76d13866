import type { ServiceRecord } from '@procos/contracts';

/** Time between two health checks of a service, in milliseconds. Source: implementation guide, service registry. */
export const healthCheckIntervalMs = 30_000;

/** A service counts as unhealthy after more than two intervals without a heartbeat. Source: implementation guide, service registry. */
export function isHealthy(record: ServiceRecord, now: number, intervalMs = healthCheckIntervalMs): boolean {
  return now - Date.parse(record.last_heartbeat) <= 2 * intervalMs;
}

/** A copy that was silent this long is forgotten, in milliseconds. */
export const forgetAfterMs = 600_000;

/** True when a record has one of the tags, or none are asked for. */
export function hasAnyTag(record: ServiceRecord, anyTag: readonly string[] | undefined): boolean {
  return anyTag === undefined || anyTag.some((tag) => record.tags.includes(tag));
}
