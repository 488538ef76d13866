import { gatewayRoutes } from '@procos/contracts';
import type { Metrics } from '@procos/telemetry';
import { type Route, streamRoute } from '@procos/service-kit';
import type { EventHub } from '../events/event-hub.ts';
import { openEventStream } from '../events/event-stream.ts';

/** The event stream. */
export function eventRoutes(hub: EventHub, metrics: Metrics): readonly Route[] {
  const streams = metrics.gauge('procos_gateway_streams', 'Event streams that are open now.');
  return [
    streamRoute(gatewayRoutes.streamEvents, async ({ query, headers }, response) => {
      const leave = await hub.listen({
        pattern: query.type,
        lastEventId: headers['last-event-id'],
        connect: () => openEventStream(response),
      });
      if (response.destroyed) return leave();
      streams.inc();
      response.once('close', () => {
        streams.dec();
        leave();
      });
    }),
  ];
}
