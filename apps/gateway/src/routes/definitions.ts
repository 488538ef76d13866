import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { definitionView, definitionXml, knownVersions } from '../definitions/definition-view.ts';
import { reply, type Route, route } from '../http/route.ts';

/** Processes that are deployed, in all their versions. */
export function definitionRoutes(engine: EngineClient): readonly Route[] {
  return [
    route(gatewayRoutes.listDefinitions, async () => {
      const definitions = await engine.repository.latestDefinitions();
      return reply(200, { definitions: definitions.map(definitionView) });
    }),
    route(gatewayRoutes.listVersions, async ({ params }) => {
      const versions = await knownVersions(engine, params.key);
      return reply(200, { definitions: versions.map(definitionView) });
    }),
    route(gatewayRoutes.getDefinitionXml, async ({ params, query }) => reply(200, await definitionXml(engine, params.key, query.version))),
  ];
}
