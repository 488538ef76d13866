import type { RequestHandler } from 'express';
import { serviceErrors } from './errors.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

function hostOf(authority: string): string {
  return URL.canParse(`http://${authority}`) ? new URL(`http://${authority}`).hostname : authority;
}

/**
 * Refuses requests that were not made for this service: a foreign Host header (DNS rebinding) or the Origin of a
 * foreign web page.
 */
export function refuseForeignCallers(allowedHosts: readonly string[]): RequestHandler {
  const allowed = new Set([...loopback, ...allowedHosts]);
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (!allowed.has(hostOf(host))) throw serviceErrors.PROCOS_HTTP_FOREIGN_HOST({ host });
    const { origin } = request.headers;
    // A page of this very service has our Host in its Origin, port included; another local port is another page.
    const own = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
    const named = origin !== undefined && URL.canParse(origin) && allowedHosts.includes(new URL(origin).hostname);
    if (origin !== undefined && !own && !named) throw serviceErrors.PROCOS_HTTP_FOREIGN_ORIGIN({ origin });
    next();
  };
}
