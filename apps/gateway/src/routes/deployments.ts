import { gatewayRoutes } from '@procos/contracts';
import { type EngineClient, fromEngineTime } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { deleteDeployment } from '../deployments/delete-deployment.ts';
import { deployModels, judgeModels } from '../deployments/deploy-models.ts';
import { modelRefused } from '../deployments/model-refused.ts';
import type { TopicRules } from '../services/topic-rules.ts';

/** Models: check and deploy them. */
export function deploymentRoutes(engine: EngineClient, topicRules: TopicRules): readonly Route[] {
  return [
    route(gatewayRoutes.lintModels, async ({ body }) =>
      reply(200, { findings: await judgeModels(engine, topicRules, body.files) }),
    ),
    route(gatewayRoutes.createDeployment, async ({ body }) => {
      const outcome = await deployModels(engine, topicRules, body);
      if (outcome.kind === 'refused') return reply(422, modelRefused(outcome.findings));
      return outcome.kind === 'deployed' ? reply(201, outcome.result) : reply(200, outcome.result);
    }),
    route(gatewayRoutes.listDeployments, async ({ query: { limit, offset } }) => {
      const [deployments, total] = await Promise.all([
        engine.repository.deployments({ firstResult: offset, maxResults: limit }),
        engine.repository.countDeployments(),
      ]);
      const views = deployments.map(({ id, name, source, deploymentTime }) => ({
        id,
        name,
        source,
        time: fromEngineTime(deploymentTime),
      }));
      return reply(200, { deployments: views, total });
    }),
    route(gatewayRoutes.deleteDeployment, async ({ params, query }) =>
      reply(200, await deleteDeployment(engine, params.id, query.cascade === 'true')),
    ),
  ];
}
