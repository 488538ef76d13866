import { gatewayRoutes } from '@procos/contracts';
import type { EventHub } from '../events/event-hub.ts';
import { openEventStream } from '../events/event-stream.ts';
import { type Route, streamRoute } from '../http/route.ts';

/** The event stream. */
export function eventRoutes(hub: EventHub): readonly Route[] {
  return [
    streamRoute(gatewayRoutes.streamEvents, async ({ query, headers }, response) => {
      const leave = await hub.listen({
        pattern: query.type,
        lastEventId: headers['last-event-id'],
        connect: () => openEventStream(response),
      });
      if (response.destroyed) leave();
      else response.once('close', leave);
    }),
  ];
}
