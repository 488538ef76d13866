import { bridgeRoutes } from '@procos/contracts';
import { NotConnectedError } from '@procos/event-bus';
import { reply, type Route, route, type RouteErrors } from '@procos/service-kit';
import { eventBridgeErrors } from '../errors.ts';
import type { ParkedMessages } from '../inbound/parked-messages.ts';

const listed = 200;

/** What could not be delivered to the engine: seeing it, trying it again, throwing it away. */
export function messageRoutes(parked: ParkedMessages): readonly Route[] {
  const known = (id: string, count: number) => {
    if (count === 0) throw eventBridgeErrors.PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE({ id });
    return count;
  };
  return [
    route(bridgeRoutes.listMessages, async () => reply(200, { messages: await parked.list(listed) })),
    route(bridgeRoutes.replayMessages, async () => reply(200, { replayed: await parked.replay() })),
    route(bridgeRoutes.replayMessage, async ({ params: { id } }) =>
      reply(200, { replayed: known(id, await parked.replay(id)) }),
    ),
    route(bridgeRoutes.discardMessage, async ({ params: { id } }) =>
      reply(200, { discarded: known(id, await parked.discard(id)) }),
    ),
  ];
}

/** How this API refuses and fails. */
export const routeErrors: RouteErrors = {
  input: eventBridgeErrors.PROCOS_EVENT_BRIDGE_INPUT,
  translate: (thrown) =>
    thrown instanceof NotConnectedError
      ? eventBridgeErrors.PROCOS_EVENT_BRIDGE_BROKER_AWAY({ reason: thrown.reason }, thrown)
      : thrown,
};
