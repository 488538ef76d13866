import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { processKeys, type RequestAccepted } from '@procos/contracts';
import type { EngineClient, HistoricInstance } from '@procos/engine-client';
import { gatewayErrors } from '../errors.ts';
import { type NewRequest, requestState, startRequest } from './start-request.ts';

/** Starts a request once per key, however often and from wherever it is sent. */
export type IdempotentStart = (key: string, request: NewRequest) => Promise<RequestAccepted>;

/**
 * The business key of the request instance carries both the Idempotency-Key and what was asked, so the engine itself is
 * the memory: it outlives the gateway and is shared by all of them.
 */
export function createIdempotentStart(engine: EngineClient): IdempotentStart {
  const underWay = new Map<string, Promise<RequestAccepted>>();
  return (key, request) => {
    const names = namesFor(key, request);
    const running = underWay.get(names.businessKey);
    if (running !== undefined) return running;
    const started = startOnce(engine, names, request).finally(() => underWay.delete(names.businessKey));
    underWay.set(names.businessKey, started);
    return started;
  };
}

interface Names {
  /** Shared by everything that was asked under this key. */
  readonly prefix: string;
  readonly businessKey: string;
}

function namesFor(key: string, { process, variables }: NewRequest): Names {
  const prefix = `idempotent:${digest(key)}:`;
  return { prefix, businessKey: prefix + digest(JSON.stringify([process, variables])) };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

/**
 * Two starts may be committed in another order than their times have: whoever looked at once might see only itself, and the
 * other one, which counts as the earlier, would come after it. In milliseconds.
 */
const commitMs = 100;

async function startOnce(engine: EngineClient, names: Names, request: NewRequest): Promise<RequestAccepted> {
  const [before] = await startedUnder(engine, names.prefix);
  if (before !== undefined) return sameRequest(before, names);
  const started = await startRequest(engine, { ...request, businessKey: names.businessKey });
  await delay(commitMs);
  // Another gateway may have started the same request in this very moment: the earlier one stays.
  const [first] = await startedUnder(engine, names.prefix);
  if (first === undefined || first.id === started.requestId) return started;
  await engine.runtime.deleteInstance(started.requestId, `Repetition of request ${first.id}`);
  return sameRequest(first, names);
}

/** Earliest first, in an order on which every gateway agrees. */
async function startedUnder(engine: EngineClient, prefix: string): Promise<readonly HistoricInstance[]> {
  const found = await engine.history.instances({
    processDefinitionKey: processKeys.userRequest,
    processInstanceBusinessKeyLike: `${prefix}%`,
  });
  return found.toSorted(byStart);
}

function byStart(a: HistoricInstance, b: HistoricInstance): number {
  return Date.parse(a.startTime) - Date.parse(b.startTime) || a.id.localeCompare(b.id);
}

function sameRequest(instance: HistoricInstance, { businessKey }: Names): RequestAccepted {
  if (instance.businessKey !== businessKey) throw gatewayErrors.PROCOS_GATEWAY_IDEMPOTENCY({ requestId: instance.id });
  return { requestId: instance.id, state: requestState(instance) };
}
