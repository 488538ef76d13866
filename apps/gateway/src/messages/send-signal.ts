import type { Receiver, Sent } from '@procos/contracts';
import type { EngineClient, EventSubscription } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { everywhereNames, refuseSystemNames } from '../requests/system-names.ts';
import { nearCandidates } from './who-waits.ts';

export interface SignalToSend {
  readonly name: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Sends a signal to everybody who waits for it. The engine does not say who got it: named are those who waited just before.
 *
 * @throws PROCOS_GATEWAY_NOBODY_WAITS | PROCOS_GATEWAY_SYSTEM_NAME
 */
export async function sendSignal(engine: EngineClient, { name, variables = {} }: SignalToSend): Promise<Sent> {
  refuseSystemNames(variables, everywhereNames);
  const waiting = await engine.runtime.eventSubscriptions({ eventType: 'signal', eventName: name });
  if (waiting.length === 0)
    throw gatewayErrors.PROCOS_GATEWAY_NOBODY_WAITS({
      what: `signal ${name}`,
      ...(await nearCandidates(engine, 'signal', name)),
    });
  const receivers = await Promise.all(waiting.map((one) => receiverOf(engine, one)));
  await engine.runtime.sendSignal(name, variables);
  return { name, receivers };
}

async function receiverOf(
  engine: EngineClient,
  { processInstanceId: instanceId, activityId }: EventSubscription,
): Promise<Receiver> {
  if (instanceId === null) return { outcome: 'started', instanceId, processKey: null, activityId };
  const instance = await engine.history.instance(instanceId);
  return { outcome: 'received', instanceId, processKey: instance?.processDefinitionKey ?? null, activityId };
}
