import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { listIncidents } from '../incidents/incident-view.ts';
import { retryIncident } from '../incidents/retry-incident.ts';

/** Incidents: what stands still, and trying it again. */
export function incidentRoutes(engine: EngineClient): readonly Route[] {
  return [
    route(gatewayRoutes.listIncidents, async ({ query }) => reply(200, await listIncidents(engine, query))),
    route(gatewayRoutes.retryIncident, async ({ params, body }) =>
      reply(200, await retryIncident(engine, params.id, body.retries ?? 1)),
    ),
  ];
}
