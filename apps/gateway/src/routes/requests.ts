import { gatewayRoutes } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { gatewayErrors } from '../errors.ts';
import type { SettledWatch } from '../instances/settled-watch.ts';
import { createIdempotentStart } from '../requests/idempotent-start.ts';
import { knownRequest, requestView } from '../requests/request-view.ts';
import { requestState, startRequest } from '../requests/start-request.ts';
import { refuseSystemNames, requestNames } from '../requests/system-names.ts';
import type { ServedTopics } from '../services/served-topics.ts';

/** User requests: ask, and look at what became of it. */
export function requestRoutes(engine: EngineClient, watch: SettledWatch, servedTopics: ServedTopics): readonly Route[] {
  const startOnce = createIdempotentStart(engine);
  return [
    route(gatewayRoutes.createRequest, async ({ headers, body }) => {
      const { process, variables = {}, businessKey } = body;
      const key = headers['idempotency-key'];
      if (key !== undefined && businessKey !== undefined) throw gatewayErrors.PROCOS_GATEWAY_TWO_KEYS();
      refuseSystemNames(variables, requestNames);
      const request = { process, variables, businessKey };
      return reply(202, await (key === undefined ? startRequest(engine, request) : startOnce(key, request)));
    }),
    route(gatewayRoutes.getRequest, async ({ params, query }, { signal }) => {
      if (query.waitMs > 0) {
        const request = await knownRequest(engine, params.id);
        if (requestState(request) === 'RUNNING') await watch.settled(params.id, query.waitMs, signal);
        signal.throwIfAborted();
      }
      return reply(200, await requestView(engine, params.id, servedTopics));
    }),
  ];
}
