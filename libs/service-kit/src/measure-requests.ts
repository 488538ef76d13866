import type { Metrics } from '@procos/telemetry';
import type { Request, RequestHandler } from 'express';

/** In seconds: from what is answered from memory to what waits for an engine under load. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);

/** Counts the requests of a service by route and status, how long they take, and which errors refuse them. */
export function measureRequests(metrics: Metrics): RequestHandler {
  const requests = metrics.counter('procos_http_requests_total', 'Requests answered, by method, route and status.', [
    'method',
    'route',
    'status',
  ]);
  const duration = metrics.histogram(
    'procos_http_request_duration_seconds',
    'How long requests take, event streams left out.',
    ['method', 'route'],
    buckets,
  );
  const refusals = metrics.counter('procos_http_refusals_total', 'Requests refused or failed, by error code.', [
    'code',
  ]);
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const labels = { method: methods.has(request.method) ? request.method : 'other', route: routeOf(request) };
      requests.inc({ ...labels, status: response.headersSent ? response.statusCode : 'none' });
      const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
      if (!isStream) duration.observe(labels, (performance.now() - startedAt) / 1_000);
      const code: unknown = response.locals['refusal'];
      if (typeof code === 'string') refusals.inc({ code });
    });
    next();
  };
}

/** The pattern, never the path: ids would make metrics without end. */
function routeOf(request: Request): string {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}
