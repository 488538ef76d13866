import { compileCheck, ServiceRecord } from '@procos/contracts';
import type { ServiceRegistration } from '../service-directory.ts';
import { DirectoryRefusedError } from '../errors.ts';
import { forgetAfterMs, healthCheckIntervalMs } from '../health-rule.ts';

/** As much of an entry of Consul's `/v1/health/service/…` as is read here. */
export interface ConsulEntry {
  readonly Service: {
    readonly ID: string;
    readonly Service: string;
    readonly Tags: readonly string[] | null;
    readonly Meta: Readonly<Record<string, string>> | null;
    readonly CreateIndex: number;
  };
  readonly Checks: readonly { readonly CheckID: string; readonly Status: string; readonly Output: string }[];
}

/** Names of ours in the metadata of a service; those of the service itself begin with `x-`. */
const ours = {
  version: 'procos-version',
  endpoint: 'procos-endpoint',
  healthCheckUrl: 'procos-health-check-url',
  registeredAt: 'procos-registered-at',
} as const;
const theirs = 'x-';

/** Consul's limits of metadata, 64 pairs with keys of 128 characters, less what is ours. Source: Consul, service definition, `meta`. */
const limits = { pairs: 64 - Object.keys(ours).length, key: 128 - theirs.length, value: 512 } as const;

export const checkIdOf = (serviceId: string) => `service:${serviceId}`;

/** A registration in Consul's words. @throws DirectoryRefusedError when Consul could not keep it */
export function toConsul(registration: ServiceRegistration, now: Date) {
  const {
    service_id: id,
    service_name: name,
    tags,
    endpoint,
    health_check_url: healthCheckUrl,
    version,
    metadata,
  } = registration;
  refuseWhatDoesNotFit(metadata);
  const own = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`${theirs}${key}`, value]));
  const meta = {
    ...own,
    [ours.version]: version,
    [ours.endpoint]: endpoint,
    [ours.healthCheckUrl]: healthCheckUrl,
    [ours.registeredAt]: now.toISOString(),
  };
  const { hostname, port, protocol } = new URL(endpoint);
  const usualPort = protocol === 'https:' ? 443 : 80;
  return {
    id,
    name,
    tags: [...tags],
    address: hostname.replaceAll(/[[\]]/g, ''),
    port: Number(port) || usualPort,
    meta,
    check: checkOf(registration),
  };
}

function checkOf({
  service_id: id,
  check = 'heartbeat',
  intervalMs = healthCheckIntervalMs,
  health_check_url: http,
}: ServiceRegistration) {
  const forever = { checkid: checkIdOf(id), status: 'passing', deregistercriticalserviceafter: `${forgetAfterMs}ms` };
  if (check === 'heartbeat') return { ...forever, name: 'heartbeat', timeout: '5s', ttl: `${2 * intervalMs}ms` };
  // The second failure in a row makes it unhealthy: two intervals, as with heartbeats.
  return {
    ...forever,
    name: 'http',
    http,
    interval: `${intervalMs}ms`,
    timeout: '5s',
    failuresbeforecritical: 2,
    disableredirects: true,
  };
}

function refuseWhatDoesNotFit(metadata: Readonly<Record<string, string>>): void {
  const pairs = Object.entries(metadata);
  const wrong = pairs.find(
    ([key, value]) => !/^[\w-]+$/.test(key) || key.length > limits.key || Buffer.byteLength(value) > limits.value,
  );
  if (wrong !== undefined) {
    throw new DirectoryRefusedError(
      `The directory cannot keep "${wrong[0]}": names are letters, digits, - and _ up to ${limits.key}, values up to ${limits.value} bytes.`,
    );
  }
  if (pairs.length > limits.pairs)
    throw new DirectoryRefusedError(`The directory keeps up to ${limits.pairs} metadata of a service.`);
}

const check = compileCheck(ServiceRecord);

/** The record that an entry holds; undefined when somebody else has registered it. */
export function fromConsul({ Service: service, Checks: checks }: ConsulEntry): ServiceRecord | undefined {
  const meta = service.Meta ?? {};
  const metadata = Object.fromEntries(
    Object.entries(meta)
      .filter(([key]) => key.startsWith(theirs))
      .map(([key, value]) => [key.slice(theirs.length), value]),
  );
  const checked = check({
    service_id: service.ID,
    service_name: service.Service,
    version: meta[ours.version],
    endpoint: meta[ours.endpoint],
    health_check_url: meta[ours.healthCheckUrl],
    tags: service.Tags ?? [],
    metadata,
    last_heartbeat: lastHeartbeat(
      meta[ours.registeredAt] ?? '',
      checks.find(({ CheckID: id }) => id === checkIdOf(service.ID))?.Output ?? '',
    ),
  });
  return checked.ok ? checked.value : undefined;
}

/** The note of a heartbeat is its time. Consul tells it up to some minutes late while nothing else changes. */
function lastHeartbeat(registeredAt: string, output: string): string {
  return Number.isNaN(Date.parse(output)) || output < registeredAt ? registeredAt : output;
}

export const isPassing = ({ Checks: checks }: ConsulEntry) =>
  checks.every(({ Status: status }) => status === 'passing');
