import { defineErrors } from '@procos/errors';

/** Errors that every service can answer with. */
export const serviceErrors = defineErrors({
  PROCOS_HTTP_FOREIGN_HOST: {
    message: 'The request was made for host "{host}", which is not this service.',
    remedy: 'Call the service by the address it listens on. To allow another name, add it to PROCOS_ALLOWED_HOSTS.',
    when: 'A request carries a Host header that names neither loopback nor an allowed host (protects against DNS rebinding).',
    status: 421,
  },
  PROCOS_HTTP_FOREIGN_ORIGIN: {
    message: 'The request comes from the web page "{origin}", which may not use this service.',
    remedy: 'Open the service from its own address. To allow another page, add its host to PROCOS_ALLOWED_HOSTS.',
    when: 'A browser sends an Origin header of a foreign page.',
    status: 403,
  },
  PROCOS_HTTP_NO_ROUTE: {
    message: 'There is nothing at {method} {path}.',
    remedy: 'Look up the paths in /openapi.json of this service.',
    when: 'No route has this method and path.',
    status: 404,
  },
  PROCOS_HTTP_BODY: {
    message: 'The request body cannot be read: {reason}.',
    remedy: 'Send JSON of the shape given in /openapi.json, within the size allowed, with content-type application/json.',
    when: 'The body is no JSON, too large, or of a wrong media type.',
    status: 400,
  },
  PROCOS_HTTP_PORT_BUSY: {
    message: 'Port {port} on {host} is in use, so {service} cannot listen there.',
    remedy: 'Stop what uses the port, or choose another with {variable}.',
    when: 'A service starts and its port is taken.',
  },
  PROCOS_HTTP_PORT_REFUSED: {
    message: '{service} may not listen on {host}:{port}: {reason}.',
    remedy: 'Choose an address of this machine and a port above 1023 ({variable}).',
    when: 'The operating system refuses the address or the port.',
  },
});
