import { registryRoutes } from '@procos/contracts';
import { type ServiceDirectory, UnknownServiceError } from '@procos/service-directory';
import type { Express } from 'express';
import { serviceRegistryErrors } from '../errors.ts';
import { bindRoute, reply } from '../http/bind-route.ts';

/** Coming, being alive, going. */
export function registrationRoutes(app: Express, directory: ServiceDirectory): void {
  bindRoute(app, registryRoutes.registerService, async ({ body }) => {
    const {
      interval_ms: intervalMs,
      health_check_url: healthCheckUrl = new URL('/readyz', body.endpoint).href,
      ...rest
    } = body;
    await directory.register({ ...rest, health_check_url: healthCheckUrl, intervalMs });
    return reply(201, { service_id: body.service_id, interval_ms: intervalMs });
  });
  bindRoute(app, registryRoutes.sendHeartbeat, async ({ params: { service_id: id } }) => {
    try {
      await directory.heartbeat(id);
    } catch (thrown) {
      throw thrown instanceof UnknownServiceError
        ? serviceRegistryErrors.PROCOS_REGISTRY_UNKNOWN_SERVICE({ id }, thrown)
        : thrown;
    }
    return reply(200, { service_id: id });
  });
  bindRoute(app, registryRoutes.deregisterService, async ({ params: { service_id: id } }) => {
    await directory.deregister(id);
    return reply(200, { service_id: id });
  });
}
