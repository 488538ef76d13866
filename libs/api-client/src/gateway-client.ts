import { type Call, callsOf } from './call.ts';
import type { ClientOptions } from './client-options.ts';
import { errorOf } from './error-of.ts';
import { followEvents, type FollowOptions } from './follow-events.ts';
import { gatewayCalls, type GatewayCalls, gatewayLists, type GatewayLists } from './generated/gateway-calls.ts';
import type { GatewayEvent } from './operation-types.ts';

/** The public API of the gateway: one function for each operation, its lists whole, and its events. */
export interface GatewayClient extends GatewayCalls {
  /**
   * Carries an operation out with what somebody has written, whatever it is: the gateway says what is wrong with it. The
   * answer is of its type all the same.
   */
  readonly callAsWritten: Call;
  /** Lists of any length, page by page or entry by entry. */
  readonly lists: GatewayLists;
  /**
   * Events as they happen, until the signal is aborted. A lost connection is taken up again after the last event seen.
   *
   * @throws what a call throws, when the first connection fails or the gateway refuses
   */
  followEvents(options: FollowOptions): AsyncIterable<GatewayEvent>;
}

/**
 * A client of the gateway at an address.
 *
 * Every call throws PROCOS_API_UNREACHABLE when nothing answers, PROCOS_API_NOT_A_GATEWAY when something else does, a
 * GatewayRefusal with the code of the gateway for an error answer, and an AbortError once its signal is aborted.
 */
export function createGatewayClient(options: ClientOptions): GatewayClient {
  const client = { ...options, url: options.url.replace(/\/+$/, ''), errorOf: options.errorOf ?? errorOf };
  const call = callsOf(client);
  const calls = gatewayCalls(call);
  return {
    ...calls,
    callAsWritten: call,
    lists: gatewayLists(calls),
    followEvents: (follow) => followEvents(client, follow),
  };
}
