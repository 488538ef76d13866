import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '../http/route.ts';
import { incidentView, rootCauses } from '../incidents/incident-view.ts';
import { retryIncident } from '../incidents/retry-incident.ts';

/** Incidents: what stands still, and trying it again. */
export function incidentRoutes(engine: EngineClient): readonly Route[] {
  return [
    route(gatewayRoutes.listIncidents, async ({ query: { limit, offset } }) => {
      const causes = await rootCauses(engine);
      const page = causes.slice(offset, offset + limit);
      return reply(200, {
        incidents: await Promise.all(page.map((one) => incidentView(engine, one))),
        total: causes.length,
      });
    }),
    route(gatewayRoutes.retryIncident, async ({ params, body }) =>
      reply(200, await retryIncident(engine, params.id, body.retries ?? 1)),
    ),
  ];
}
