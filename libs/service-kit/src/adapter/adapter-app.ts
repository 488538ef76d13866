import { adapterRoutes, type ApiInfo } from '@procos/contracts';
import type { Logger } from '@procos/logging';
import { createMetrics } from '@procos/telemetry';
import type { App } from '../app.ts';
import { createHttpService } from '../http-service.ts';
import { bindRoutes } from '../routes/bind-routes.ts';
import { reply, type Route, route, streamRoute } from '../routes/route.ts';
import { type AdapterMethods, type CallAnswer, createCallService } from './call-service.ts';
import { type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';
import { adapterErrors } from './errors.ts';

export interface AdapterConfig {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly callTimeoutMs: number;
  readonly breakerFailures: number;
  readonly breakerPauseMs: number;
}

export interface AdapterAppOptions {
  /** Name of the adapter, under which others find it. */
  readonly name: string;
  /** Who its API is, for the OpenAPI document. */
  readonly apiInfo: ApiInfo;
  readonly config: AdapterConfig;
  readonly logger: Logger;
  readonly methods: AdapterMethods;
  /** Whether the service behind the adapter can be reached now. Throws nothing. */
  readonly checkHealth: (signal: AbortSignal) => Promise<boolean>;
  /** Largest JSON body of a call, in bytes. @default 4 MiB */
  readonly bodyLimit?: number;
}

/** How long a health check may take, in milliseconds. Source: health checks of the implementation guide's adapters. */
export const healthCheckMs = 5_000;

/** A service that speaks to one outside service for the processes: `POST /call`, `GET /health-check`. */
export function createAdapterApp(options: AdapterAppOptions): App {
  const { name, apiInfo, config, logger, methods, bodyLimit } = options;
  const { host, port, allowedHosts, allowedOrigins, breakerFailures, breakerPauseMs } = config;
  const breaker = createCircuitBreaker({ failures: breakerFailures, pauseMs: breakerPauseMs });
  const metrics = createMetrics();
  const calls = metrics.counter(
    'procos_adapter_calls_total',
    'Calls of an adapter, by method and status of the answer.',
    ['adapter', 'method', 'status'],
  );
  // Only names that are known: a caller's own would make metrics without end.
  const count = (method: string, status: number) =>
    calls.inc({ adapter: name, method: Object.hasOwn(methods, method) ? method : 'unknown', status });
  const http = createHttpService({
    name,
    host,
    port,
    allowedHosts,
    allowedOrigins,
    logger,
    metrics,
    // The service behind the adapter is no part of it: whether that works is told by /health-check.
    readiness: () => ({ ready: true, details: { methods: Object.keys(methods), circuit_breaker: breaker.state() } }),
    api: { info: apiInfo, routes: Object.values(adapterRoutes) },
    routes: (app) =>
      bindRoutes(app, adapterEndpoints(options, breaker, count), { input: adapterErrors.PROCOS_ADAPTER_PARAMETERS }),
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
  });
  return { name, url: http.url, start: http.start, stop: http.stop };
}

function adapterEndpoints(
  { name, config, methods, checkHealth }: AdapterAppOptions,
  breaker: CircuitBreaker,
  count: (method: string, status: number) => void,
): readonly Route[] {
  const callService = createCallService({ adapter: name, methods, breaker, timeoutMs: config.callTimeoutMs });
  return [
    route(adapterRoutes.checkAdapterHealth, async () =>
      reply(200, { healthy: await checkHealth(AbortSignal.timeout(healthCheckMs)) }),
    ),
    streamRoute(adapterRoutes.callService, async ({ body: { method, parameters = {} }, headers }, response) => {
      const answer = await callService({ method, parameters, idempotencyKey: headers['idempotency-key'] ?? '' });
      count(method, answer.status);
      const wait = retryAfterSeconds(answer);
      if (wait !== undefined) response.set('retry-after', wait);
      response.status(answer.status).json(answer.body);
    }),
  ];
}

/** Whole seconds, as the header has it. Source: RFC 9110, 10.2.3. */
function retryAfterSeconds(answer: CallAnswer): string | undefined {
  return 'retryAfterMs' in answer && answer.retryAfterMs !== undefined
    ? String(Math.ceil(answer.retryAfterMs / 1_000))
    : undefined;
}
