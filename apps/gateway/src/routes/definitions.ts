import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { definitionView, definitionXml, knownVersions } from '../definitions/definition-view.ts';
import { deleteDefinition } from '../definitions/delete-definition.ts';
import { knownDefinition } from '../definitions/known-definition.ts';
import { switchDefinition } from '../definitions/switch-definition.ts';
import { formView } from '../forms/form-view.ts';
import { formsOf } from '../forms/forms-of.ts';

interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Processes that are deployed, in all their versions. */
export function definitionRoutes(engine: EngineClient): readonly Route[] {
  const page = (definitions: Parameters<typeof definitionView>[0][], { limit, offset }: Page) => ({
    definitions: definitions.slice(offset, offset + limit).map(definitionView),
    total: definitions.length,
  });
  return [
    route(gatewayRoutes.listDefinitions, async ({ query }) =>
      reply(200, page([...(await engine.repository.latestDefinitions())], query)),
    ),
    route(gatewayRoutes.listVersions, async ({ params, query }) =>
      reply(200, page([...(await knownVersions(engine, params.key))], query)),
    ),
    route(gatewayRoutes.getDefinitionXml, async ({ params, query }) =>
      reply(200, await definitionXml(engine, params.key, query.version)),
    ),
    route(gatewayRoutes.getStartForm, async ({ params }) => {
      const { id } = await knownDefinition(engine, params.key);
      return reply(200, formView((await formsOf(engine, id)).start));
    }),
    route(gatewayRoutes.suspendDefinition, async ({ params, body }) =>
      reply(200, await switchDefinition(engine, { key: params.key, ...body, suspended: true })),
    ),
    route(gatewayRoutes.resumeDefinition, async ({ params, body }) =>
      reply(200, await switchDefinition(engine, { key: params.key, ...body, suspended: false })),
    ),
    route(gatewayRoutes.deleteDefinition, async ({ params, query }) =>
      reply(
        200,
        await deleteDefinition(engine, { key: params.key, version: query.version, cascade: query.cascade === 'true' }),
      ),
    ),
  ];
}
