import { registryRoutes } from '@procos/contracts';
import { type ServiceDirectory, UnknownServiceError } from '@procos/service-directory';
import { reply, type Route, route } from '@procos/service-kit';
import { serviceRegistryErrors } from '../errors.ts';

/** Coming, being alive, going. */
export function registrationRoutes(directory: ServiceDirectory): readonly Route[] {
  const registerService = route(registryRoutes.registerService, async ({ body }) => {
    const {
      interval_ms: intervalMs,
      health_check_url: healthCheckUrl = new URL('/readyz', body.endpoint).href,
      ...rest
    } = body;
    await directory.register({ ...rest, health_check_url: healthCheckUrl, intervalMs });
    return reply(201, { service_id: body.service_id, interval_ms: intervalMs });
  });
  const sendHeartbeat = route(registryRoutes.sendHeartbeat, async ({ params: { service_id: id } }) => {
    try {
      await directory.heartbeat(id);
    } catch (thrown) {
      throw thrown instanceof UnknownServiceError
        ? serviceRegistryErrors.PROCOS_REGISTRY_UNKNOWN_SERVICE({ id }, thrown)
        : thrown;
    }
    return reply(200, { service_id: id });
  });
  const deregisterService = route(registryRoutes.deregisterService, async ({ params: { service_id: id } }) => {
    await directory.deregister(id);
    return reply(200, { service_id: id });
  });
  return [registerService, sendHeartbeat, deregisterService];
}
