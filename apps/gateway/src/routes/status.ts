import { gatewayRoutes } from '@procos/contracts';
import { reply, type Route, route } from '@procos/service-kit';
import { type StatusSources, systemStatus } from '../status/system-status.ts';

/** How the system is. */
export function statusRoutes(sources: StatusSources): readonly Route[] {
  const startedAt = performance.now();
  return [
    route(gatewayRoutes.getStatus, async () => reply(200, await systemStatus(sources, performance.now() - startedAt))),
  ];
}
