import type { Config } from '@procos/config';
import { registryRoutes } from '@procos/contracts';
import type { EventBus } from '@procos/event-bus';
import type { Logger } from '@procos/logging';
import type { Leadership, ServiceDirectory } from '@procos/service-directory';
import { type App, bindRoutes, createHttpService, type Route, type RouteErrors } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { createChangePublisher } from './changes/publish-changes.ts';
import type { serviceRegistryFields } from './config.ts';
import { serviceRegistryErrors } from './errors.ts';
import { apiError } from './http/api-error.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { registrationRoutes } from './routes/registration.ts';
import { watchingRoutes } from './routes/watching.ts';

export interface ServiceRegistryDeps {
  readonly logger: Logger;
  readonly directory: ServiceDirectory;
  /** Where changes are published as events, and who of several registries publishes them. @default they are not published */
  readonly changes?: { readonly eventBus: EventBus; readonly leadership: Leadership };
}

/** Who this API is, for its OpenAPI document. */
export const apiInfo = {
  title: 'ProcOS service registry',
  version: '1',
  description: 'Which services run: registration, heartbeats, discovery, changes. For services in any language.',
};

/** The registry of running services, over HTTP. Holds nothing itself: what is known is in the directory. */
export function createApp(
  config: Config<typeof serviceRegistryFields>,
  { logger, directory, changes }: ServiceRegistryDeps,
): App {
  const { host, port, allowedHosts, allowedOrigins, maxWatchers, changesMs } = config;
  const publisher =
    changes === undefined ? undefined : createChangePublisher({ directory, logger, intervalMs: changesMs, ...changes });
  const name = 'service-registry';
  const http = createHttpService({
    name,
    host,
    port,
    allowedHosts,
    allowedOrigins,
    logger,
    metrics: createMetrics(),
    // It answers from what it remembers while Consul is away: that is no reason to send callers elsewhere.
    readiness: () => ({ ready: true, details: {} }),
    api: { info: apiInfo, routes: Object.values(registryRoutes) },
    routes: (app) => bindRoutes(app, registryApi(directory, maxWatchers), routeErrors),
  });
  return {
    name,
    url: http.url,
    start: async () => {
      await http.start();
      publisher?.start();
    },
    stop: async () => {
      await publisher?.stop();
      await http.stop();
      await directory.close();
    },
  };
}

function registryApi(directory: ServiceDirectory, maxWatchers: number): readonly Route[] {
  return [...registrationRoutes(directory), ...discoveryRoutes(directory), ...watchingRoutes(directory, maxWatchers)];
}

const routeErrors: RouteErrors = { input: serviceRegistryErrors.PROCOS_REGISTRY_INPUT, translate: apiError };
