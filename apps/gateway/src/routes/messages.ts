import { gatewayRoutes, type RouteReply } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { reply, type Route, route } from '@procos/service-kit';
import { sendMessage } from '../messages/send-message.ts';
import { sendSignal } from '../messages/send-signal.ts';
import type { AskBridge } from '../messages/ask-bridge.ts';

type Body<Name extends 'listMessages' | 'replayMessages' | 'discardMessage'> = RouteReply<
  (typeof gatewayRoutes)[Name]
>['body'];

/** Messages and signals for instances that wait; and what the event bridge keeps because it could not deliver it. */
export function messageRoutes(engine: EngineClient, ask: AskBridge): readonly Route[] {
  const one = (id: string) => `/v1/messages/${encodeURIComponent(id)}`;
  return [
    route(gatewayRoutes.sendMessage, async ({ body }) => reply(200, await sendMessage(engine, body))),
    route(gatewayRoutes.sendSignal, async ({ body }) => reply(200, await sendSignal(engine, body))),
    route(gatewayRoutes.listMessages, async () => reply(200, await ask<Body<'listMessages'>>('GET', '/v1/messages'))),
    route(gatewayRoutes.replayMessages, async () =>
      reply(200, await ask<Body<'replayMessages'>>('POST', '/v1/messages/replay')),
    ),
    route(gatewayRoutes.replayMessage, async ({ params: { id } }) =>
      reply(200, await ask<Body<'replayMessages'>>('POST', `${one(id)}/replay`)),
    ),
    route(gatewayRoutes.discardMessage, async ({ params: { id } }) =>
      reply(200, await ask<Body<'discardMessage'>>('DELETE', one(id))),
    ),
  ];
}
