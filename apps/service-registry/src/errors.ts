import { defineErrors } from '@procos/errors';

/** Errors that this service tells people. */
export const serviceRegistryErrors = defineErrors({
  PROCOS_REGISTRY_INPUT: {
    message: 'The {part} of {method} {path} is not as it must be: {faults}.',
    remedy: 'Correct the fields named; /openapi.json describes {operation}.',
    when: 'Path, query or body of a request break the schema of the route. Names fields and rules, never values.',
    status: 400,
  },
  PROCOS_REGISTRY_UNKNOWN_SERVICE: {
    message: 'No service is registered under the id {id}.',
    remedy: 'Register it again with POST /v1/services: the directory may have been started anew.',
    when: 'A heartbeat comes from a copy that the directory does not know.',
    status: 404,
  },
  PROCOS_REGISTRY_NOBODY_HEALTHY: {
    message: 'No copy of the service {name} is healthy.',
    remedy: 'GET /v1/services?name={name} lists those that are registered; start one, or wait for its next heartbeat.',
    when: 'An endpoint is asked for, and there is none to choose.',
    status: 404,
  },
  PROCOS_REGISTRY_REFUSED: {
    message: 'The directory does not accept this: {reason}',
    remedy: 'Shorten what is too long; if it is the token that lacks a right, give CONSUL_HTTP_TOKEN one that has it.',
    when: 'Consul refuses a record or the token.',
    status: 422,
  },
  PROCOS_REGISTRY_AWAY: {
    message: 'The directory cannot be asked, and nothing is remembered that could be answered instead.',
    remedy: 'Try again soon. If it stays so, look whether Consul runs at CONSUL_URL.',
    when: 'Consul is away.',
    status: 503,
  },
  PROCOS_REGISTRY_TOO_MANY_WATCHERS: {
    message: 'There are already {limit} watchers.',
    remedy: 'Close one, or raise PROCOS_REGISTRY_MAX_WATCHERS.',
    when: 'One more watcher comes than allowed.',
    status: 503,
  },
});
