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
    remedy:
      'Open the service from its own address. To allow another page, add its origin exactly as above to PROCOS_ALLOWED_ORIGINS.',
    when: 'A browser sends an Origin header of a foreign page.',
    status: 403,
  },
  PROCOS_HTTP_NO_ROUTE: {
    message: 'There is nothing at {method} {path}.',
    remedy: 'Look up the paths in /openapi.json of this service.',
    when: 'No route has this path.',
    status: 404,
  },
  PROCOS_HTTP_METHOD: {
    message: '{path} does not take {method}.',
    remedy: 'Use one of: {allowed}. /openapi.json of this service says what each does.',
    when: 'The path exists, but not with this method. The header Allow names those it has.',
    status: 405,
  },
  PROCOS_HTTP_ADDRESS: {
    message: 'The address of the request cannot be decoded.',
    remedy: 'Write every percent sign as %25, and other characters as the percent codes of their UTF-8 bytes.',
    when: 'Path or query hold a percent sign that begins no character, for example `%zz`, or half of a character.',
    status: 400,
  },
  PROCOS_HTTP_BROKEN: {
    message: 'What was sent is no HTTP request that can be read: {reason}.',
    remedy: 'Send HTTP/1.1; check the length of the headers and what lies between the caller and this service.',
    when: 'The request line or the headers are malformed, too long, or do not arrive in time.',
    status: 400,
  },
  PROCOS_HTTP_BODY: {
    message: 'The request body cannot be read: {reason}.',
    remedy:
      'Send JSON of the shape given in /openapi.json, within the size allowed, with content-type application/json.',
    when: 'The body is no JSON, or not compressed as its content-encoding says.',
    status: 400,
  },
  PROCOS_HTTP_BODY_TOO_LARGE: {
    message: 'The request body is larger than {limit} bytes.',
    remedy: 'Send less at once; keep what is large in a file and send its name.',
    when: 'The body, after it was decompressed, is larger than the service takes.',
    status: 413,
  },
  PROCOS_HTTP_BODY_TYPE: {
    message: 'The body of {method} {path} is not sent as JSON.',
    remedy: 'Send it with the header content-type: application/json.',
    when: 'A request has a body of another media type.',
    status: 415,
  },
  PROCOS_HTTP_BODY_ENCODING: {
    message: 'The request body is sent in a way that this service does not read: {reason}.',
    remedy: 'Send UTF-8, plain or with content-encoding gzip, deflate or br.',
    when: 'The content-encoding or the charset of the body is not known.',
    status: 415,
  },
  PROCOS_HTTP_BODY_TOO_DEEP: {
    message: 'The request body is nested deeper than {limit} levels.',
    remedy:
      'Send flatter JSON: lists and structures may lie within each other up to {limit} levels, the body itself counted.',
    when: 'JSON is nested more deeply than the engine could read again.',
    status: 400,
  },
  PROCOS_HTTP_BODY_TEXT: {
    message: 'The request body holds half of a character: a lone surrogate.',
    remedy: 'Send whole characters; where text is cut, cut between characters.',
    when: 'A text or a name in the body is not well-formed Unicode, such as `"\\ud800"`: databases would replace it in silence.',
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
