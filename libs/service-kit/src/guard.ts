import type { Express, RequestHandler } from 'express';
import { methodsAt } from './answer-unmatched.ts';
import { serviceErrors } from './errors.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
/** What a page may send besides what every page may; `*` would leave out credentials. */
const allowedHeaders = 'content-type, idempotency-key, last-event-id, traceparent';
/** How long a browser may remember what it was allowed, in seconds. */
const rememberedFor = '600';

function hostOf(authority: string): string {
  return URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).hostname : authority;
}

export interface GuardOptions {
  /** Host names besides loopback under which the service may be called. */
  readonly allowedHosts: readonly string[];
  /** Foreign web pages that may use the service, such as `https://console.example`: scheme, host and port as a browser sends them. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Refuses requests that were not made for this service: a foreign Host header (DNS rebinding) or the Origin of a foreign
 * web page. To the pages that are named it answers as CORS asks: a page elsewhere could send, but not read.
 */
export function refuseForeignCallers(app: Express, { allowedHosts, allowedOrigins }: GuardOptions): RequestHandler {
  const hosts = new Set([...loopback, ...allowedHosts]);
  const origins = new Set(allowedOrigins);
  return (request, response, next) => {
    const host = request.headers.host ?? '';
    if (!hosts.has(hostOf(host))) throw serviceErrors.PROCOS_HTTP_FOREIGN_HOST({ host });
    const { origin } = request.headers;
    if (origins.size > 0) response.vary('Origin');
    if (origin === undefined) return next();
    // A page of this very service has our Host in its Origin, port included; another local port is another page.
    const own = URL.canParse(origin) && new URL(origin).host === host;
    if (!own && !origins.has(origin)) throw serviceErrors.PROCOS_HTTP_FOREIGN_ORIGIN({ origin });
    if (!own)
      response.set({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'allow, retry-after' });
    if (own || request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return next();
    const methods = methodsAt(app, request.path).join(', ');
    response.set({
      'access-control-allow-methods': methods,
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': rememberedFor,
    });
    response.status(204).end();
  };
}
