import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { endInstance } from '../instances/end-instance.ts';
import { instanceView } from '../instances/instance-view.ts';
import { listInstances } from '../instances/list-instances.ts';
import type { SettledWatch } from '../instances/settled-watch.ts';
import type { ServedTopics } from '../services/served-topics.ts';

/** Process instances: list, look, end. */
export function instanceRoutes(
  engine: EngineClient,
  watch: SettledWatch,
  servedTopics: ServedTopics,
): readonly Route[] {
  return [
    route(gatewayRoutes.listInstances, async ({ query }) => reply(200, await listInstances(engine, query))),
    route(gatewayRoutes.getInstance, async ({ params }) =>
      reply(200, await instanceView(engine, params.id, servedTopics)),
    ),
    route(gatewayRoutes.endInstance, async ({ params, body }, { signal }) =>
      reply(200, await endInstance({ engine, watch, id: params.id, reason: body.reason, signal })),
    ),
  ];
}
