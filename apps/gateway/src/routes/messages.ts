import { gatewayRoutes, type RouteReply } from '@procos/contracts';
import { reply, type Route, route } from '../http/route.ts';
import type { AskBridge } from '../messages/ask-bridge.ts';

type Body<Name extends 'listMessages' | 'replayMessages' | 'discardMessage'> = RouteReply<(typeof gatewayRoutes)[Name]>['body'];

/** Messages and starts that could not be delivered to the engine: the event bridge keeps them. */
export function messageRoutes(ask: AskBridge): readonly Route[] {
  const one = (id: string) => `/v1/messages/${encodeURIComponent(id)}`;
  return [
    route(gatewayRoutes.listMessages, async () => reply(200, await ask<Body<'listMessages'>>('GET', '/v1/messages'))),
    route(gatewayRoutes.replayMessages, async () => reply(200, await ask<Body<'replayMessages'>>('POST', '/v1/messages/replay'))),
    route(gatewayRoutes.replayMessage, async ({ params: { id } }) => reply(200, await ask<Body<'replayMessages'>>('POST', `${one(id)}/replay`))),
    route(gatewayRoutes.discardMessage, async ({ params: { id } }) => reply(200, await ask<Body<'discardMessage'>>('DELETE', one(id)))),
  ];
}
