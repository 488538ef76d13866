import { setTimeout as delay } from 'node:timers/promises';
import { type InstanceSummary, processKeys } from '@procos/contracts';
import type { EngineClient, HistoricInstance } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { instanceState } from './instance-state.ts';
import { instanceSummary, knownInstance } from './instance-view.ts';
import type { SettledWatch } from './settled-watch.ts';

/** The engine ends instances in the background; this is how long the caller waits for it, in milliseconds. */
const longestWaitMs = 10_000;
const pauseMs = 50;

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
 * @throws PROCOS_GATEWAY_UNKNOWN_INSTANCE | PROCOS_GATEWAY_INSTANCE_ENDED | PROCOS_GATEWAY_SYSTEM_INSTANCE
 */
export async function endInstance(request: EndRequest): Promise<InstanceSummary> {
  const { engine, id, reason = 'Ended by a caller of the gateway' } = request;
  const instance = await knownInstance(engine, id);
  if (instance.endTime !== null)
    throw gatewayErrors.PROCOS_GATEWAY_INSTANCE_ENDED({ id, state: instanceState(instance) });
  const process = systemProcessOf(instance) ?? systemProcessOf(await rootOf(engine, instance));
  if (process !== undefined) throw gatewayErrors.PROCOS_GATEWAY_SYSTEM_INSTANCE({ id, process });
  await engine.runtime.deleteInstance(id, reason);
  return instanceSummary(await ended(request), false);
}

/** Waiting is over at an open incident, too: one that is stuck has ended a moment after that. */
async function ended({ engine, watch, id, signal }: EndRequest): Promise<HistoricInstance> {
  const giveUpAt = performance.now() + longestWaitMs;
  await watch.settled(id, longestWaitMs, signal);
  for (;;) {
    const instance = await knownInstance(engine, id);
    if (instance.endTime !== null || performance.now() >= giveUpAt) return instance;
    await delay(pauseMs, undefined, { signal });
  }
}

/** Without these nothing boots, restarts or shuts down. Health checks and recoveries may be ended: the next one is started by itself. */
const systemProcesses = new Set<string>([processKeys.systemOrchestrator, processKeys.systemShutdown]);

function systemProcessOf(instance: HistoricInstance | undefined): string | undefined {
  return instance !== undefined && systemProcesses.has(instance.processDefinitionKey)
    ? instance.processDefinitionKey
    : undefined;
}

/** What an instance was called by, first of all; the end of a called instance ends its caller's step too. */
async function rootOf(
  engine: EngineClient,
  { id, rootProcessInstanceId: root }: HistoricInstance,
): Promise<HistoricInstance | undefined> {
  return root === null || root === id ? undefined : engine.history.instance(root);
}
