import { TerminalError } from '@procos/errors';

/**
 * The URL of a path on a service. The path cannot lead to another server, nor out of the service's base path.
 *
 * @throws TerminalError
 */
export function serviceUrl(endpoint: string, path: string): URL {
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
    throw new TerminalError(`The service is registered with an endpoint that is no http URL: ${endpoint}`);
  const base = new URL(endpoint);
  const basePath = base.pathname.replace(/\/$/, '');
  // Two slashes, also written with a backslash, would start another host's name.
  if (!path.startsWith('/') || /^\/[/\\]/.test(path)) throw refused(path);
  if (!URL.canParse(`${base.origin}${basePath}${path}`)) throw refused(path);
  const url = new URL(`${base.origin}${basePath}${path}`);
  if (url.origin !== base.origin || !`${url.pathname}/`.startsWith(`${basePath}/`)) throw refused(path);
  url.hash = '';
  return url;
}

function refused(path: string): TerminalError {
  return new TerminalError(
    `The path ${JSON.stringify(path.slice(0, 200))} must start with one / and stay on the service.`,
  );
}
