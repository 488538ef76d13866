import type { Config } from '@procos/config';
import type { Logger } from '@procos/logging';
import { type App, createHttpService } from '@procos/service-kit';
import { createMetrics } from '@procos/telemetry';
import { type eventBridgeFields, portVariable } from './config.ts';
import { greetingRoutes } from './routes/greeting.ts';

export interface EventBridgeDeps {
  readonly logger: Logger;
}

/** Answers greetings. */
export function createApp(config: Config<typeof eventBridgeFields>, { logger }: EventBridgeDeps): App {
  const { host, port, allowedHosts, salutation } = config;
  const name = 'event-bridge';
  const http = createHttpService({
    name,
    host,
    port,
    portVariable,
    allowedHosts,
    logger,
    metrics: createMetrics(),
    readiness: () => ({ ready: true, details: {} }),
    routes: (app) => greetingRoutes(app, salutation),
  });
  return { name, url: http.url, start: http.start, stop: http.stop };
}
