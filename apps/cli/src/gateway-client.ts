import {
  createGatewayClient as createApiClient,
  type Failure,
  type GatewayClient as ApiClient,
  GatewayRefusal,
} from '@procos/api-client';
import { errors } from './errors.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { remedyInCommands } from './remedy-in-commands.ts';

/** The public API of the gateway, and where it was looked for. */
export interface GatewayClient extends ApiClient {
  readonly address: GatewayAddress;
}

/**
 * A client of the gateway at an address.
 *
 * Every call throws PROCOS_CLI_UNREACHABLE when nothing answers, PROCOS_CLI_NOT_A_GATEWAY when something else does,
 * the service's own error for an error answer, and an AbortError once the given signal is aborted.
 */
export function createGatewayClient(address: GatewayAddress): GatewayClient {
  return { ...createApiClient({ url: address.url, errorOf: (failure) => errorOf(address, failure) }), address };
}

/** A failure in words of the command line. */
function errorOf(address: GatewayAddress, failure: Failure): Error {
  switch (failure.kind) {
    case 'unreachable':
      return errors.PROCOS_CLI_UNREACHABLE({ ...address, reason: failure.reason }, failure.cause);
    case 'not-a-gateway':
      return errors.PROCOS_CLI_NOT_A_GATEWAY({ ...address, reason: failure.reason });
    case 'failed':
      return errors.PROCOS_CLI_REQUEST_FAILED({ method: failure.method, url: failure.url, status: failure.status });
    case 'refused':
      return inWordsOfCommands(failure.refusal);
  }
}

function inWordsOfCommands(refusal: GatewayRefusal): GatewayRefusal {
  const { code, message, status, data } = refusal;
  return new GatewayRefusal({ code, message, remedy: remedyInCommands(refusal), status, data }, refusal);
}
