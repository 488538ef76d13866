import {
  bridgeRoutes,
  compileCheck,
  type RouteContract,
  type RouteInput,
  type RouteReply,
  tellFaults,
} from '@procos/contracts';
import { NotConnectedError } from '@procos/event-bus';
import type { Express } from 'express';
import { eventBridgeErrors } from '../errors.ts';
import type { ParkedMessages } from '../inbound/parked-messages.ts';

const listed = 200;

/** What could not be delivered to the engine: seeing it, trying it again, throwing it away. */
export function messageRoutes(app: Express, parked: ParkedMessages): void {
  const known = (id: string, count: number) => {
    if (count === 0) throw eventBridgeErrors.PROCOS_EVENT_BRIDGE_UNKNOWN_MESSAGE({ id });
    return count;
  };
  bind(app, bridgeRoutes.listMessages, async () => ({
    status: 200 as const,
    body: { messages: await parked.list(listed) },
  }));
  bind(app, bridgeRoutes.replayMessages, async () => ({
    status: 200 as const,
    body: { replayed: await parked.replay() },
  }));
  bind(app, bridgeRoutes.replayMessage, async ({ params: { id } }) => ({
    status: 200 as const,
    body: { replayed: known(id, await parked.replay(id)) },
  }));
  bind(app, bridgeRoutes.discardMessage, async ({ params: { id } }) => ({
    status: 200 as const,
    body: { discarded: known(id, await parked.discard(id)) },
  }));
}

/** Adds a route whose only input is in its path. */
function bind<Contract extends RouteContract>(
  app: Express,
  contract: Contract,
  handle: (input: Pick<RouteInput<Contract>, 'params'>) => Promise<RouteReply<Contract>>,
): void {
  const { method, path, operationId: operation } = contract;
  const check = compileCheck(contract.params);
  app[method](path, async (request, response) => {
    const checked = check(request.params);
    if (!checked.ok)
      throw eventBridgeErrors.PROCOS_EVENT_BRIDGE_INPUT({
        part: 'path',
        method: method.toUpperCase(),
        path,
        operation,
        faults: tellFaults(checked.faults),
      });
    try {
      const { status, body } = await handle({ params: checked.value as RouteInput<Contract>['params'] });
      response.status(Number(status)).json(body);
    } catch (thrown) {
      throw thrown instanceof NotConnectedError
        ? eventBridgeErrors.PROCOS_EVENT_BRIDGE_BROKER_AWAY({ reason: thrown.reason }, thrown)
        : thrown;
    }
  });
}
