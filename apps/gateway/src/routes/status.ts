import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import type { ServiceDirectory } from '@procos/service-directory';
import { reply, type Route, route } from '../http/route.ts';
import type { RoomWatch } from '../room/room-watch.ts';
import { systemStatus } from '../status/system-status.ts';

/** How the system is. */
export function statusRoutes(engine: EngineClient, directory: ServiceDirectory, room: RoomWatch): readonly Route[] {
  const startedAt = performance.now();
  return [
    route(gatewayRoutes.getStatus, async () =>
      reply(200, await systemStatus({ engine, directory, room }, performance.now() - startedAt)),
    ),
  ];
}
