import { healthCheckIntervalMs } from './health-rule.ts';
import { UnknownServiceError } from './errors.ts';
import type { ServiceDirectory, ServiceRegistration } from './service-directory.ts';

export interface Announcement {
  /** Resolves when the first registration has been tried, whether or not it went well. */
  readonly tried: Promise<void>;
  /** Takes the service out of the directory. A directory that is away is told to `onFault` and stops nobody. */
  stop(): Promise<void>;
}

/**
 * Keeps a running copy known: registers it, sends its heartbeats, registers it again when the directory has forgotten it.
 * A directory that is away is tried again with each heartbeat.
 *
 * @param onFault told when the directory cannot be reached or refuses
 */
export function announceService(
  directory: ServiceDirectory,
  registration: ServiceRegistration,
  onFault: (thrown: unknown) => void,
): Announcement {
  let known = false;
  const announce = async () => {
    try {
      if (known) await directory.heartbeat(registration.service_id);
      else await directory.register(registration);
      known = true;
    } catch (thrown) {
      const forgotten = known && thrown instanceof UnknownServiceError;
      known = false;
      if (forgotten) await announce();
      else onFault(thrown);
    }
  };
  const tried = announce();
  let last = tried;
  const timer = setInterval(
    () => void (last = last.then(announce)),
    registration.intervalMs ?? healthCheckIntervalMs,
  ).unref();
  return {
    tried,
    stop: async () => {
      clearInterval(timer);
      await last;
      await directory.deregister(registration.service_id).catch(onFault);
    },
  };
}
