import type { InstanceSummary } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { instanceState } from './instance-state.ts';
import { instanceSummary, knownInstance } from './instance-view.ts';
import type { SettledWatch } from './settled-watch.ts';

/** The engine ends instances in the background; this is how long the caller waits for it, in milliseconds. */
const longestWaitMs = 10_000;

export interface EndRequest {
  readonly engine: EngineClient;
  readonly watch: SettledWatch;
  readonly id: string;
  /** Kept in the history of the instance. @default a sentence that says who ended it */
  readonly reason: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Ends an instance and the instances it called.
 *
 * @returns the instance once it has ended
 * @throws PROCOS_GATEWAY_UNKNOWN_INSTANCE | PROCOS_GATEWAY_INSTANCE_ENDED
 */
export async function endInstance(request: EndRequest): Promise<InstanceSummary> {
  const { engine, watch, id, reason = 'Ended by a caller of the gateway', signal } = request;
  const instance = await knownInstance(engine, id);
  if (instance.endTime !== null) throw gatewayErrors.PROCOS_GATEWAY_INSTANCE_ENDED({ id, state: instanceState(instance) });
  await engine.runtime.deleteInstance(id, reason);
  await watch.settled(id, longestWaitMs, signal);
  return instanceSummary(await knownInstance(engine, id));
}
