import { defineErrors } from '@procos/errors';

/** Errors that the client finds by itself; what the gateway answers is a GatewayRefusal. */
export const errors = defineErrors({
  PROCOS_API_UNREACHABLE: {
    message: 'Nothing answers at {url}: {reason}',
    remedy: 'Check that ProcOS runs there: npx procos status --url {url}',
    when: 'A program calls the gateway through `@procos/api-client` and no connection comes about, or no answer in time.',
    status: 503,
  },
  PROCOS_API_NOT_A_GATEWAY: {
    message: 'What answers at {url} is not the gateway of ProcOS: {reason}',
    remedy: 'Check the address, and that gateway and client are of one version.',
    when: 'Another program listens at the address, or the answer is not what the OpenAPI document of the gateway says.',
    status: 502,
  },
  PROCOS_API_REQUEST_FAILED: {
    message: '{method} {url} answered with status {status}',
    remedy: 'Look at the log of the gateway, and at what stands between it and this program.',
    when: 'The answer is an error that is not in the form of ProcOS.',
    status: 502,
  },
});
