import type { Config } from '@procos/config';
import { openApiDocument, registryRoutes } from '@procos/contracts';
import type { Logger } from '@procos/logging';
import type { ServiceDirectory } from '@procos/service-directory';
import { type App, createHttpService } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { portVariable, type serviceRegistryFields } from './config.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { registrationRoutes } from './routes/registration.ts';
import { watchingRoutes } from './routes/watching.ts';

export interface ServiceRegistryDeps {
  readonly logger: Logger;
  readonly directory: ServiceDirectory;
}

/** Who this API is, for its OpenAPI document. */
export const apiInfo = { title: 'ProcOS service registry', version: '1', description: 'Which services run: registration, heartbeats, discovery, changes. For services in any language.' };

/** The registry of running services, over HTTP. Holds nothing itself: what is known is in the directory. */
export function createApp(config: Config<typeof serviceRegistryFields>, { logger, directory }: ServiceRegistryDeps): App {
  const { host, port, allowedHosts, maxWatchers } = config;
  const name = 'service-registry';
  const document = openApiDocument(apiInfo, Object.values(registryRoutes));
  const http = createHttpService({
    name,
    host,
    port,
    portVariable,
    allowedHosts,
    logger,
    metrics: createMetrics(),
    // It answers from what it remembers while Consul is away: that is no reason to send callers elsewhere.
    readiness: () => ({ ready: true, details: {} }),
    routes: (app) => {
      app.get('/openapi.json', (_request, response) => void response.json(document));
      registrationRoutes(app, directory);
      discoveryRoutes(app, directory);
      watchingRoutes(app, directory, maxWatchers);
    },
  });
  return {
    name,
    url: http.url,
    start: http.start,
    stop: async () => {
      await http.stop();
      await directory.close();
    },
  };
}
