import { messageNames, type Receiver, type Sent } from '@procos/contracts';
import { type EngineClient, isMessageMismatch, type MessageRequest, type MessageResult } from '@procos/engine-client';
import { processKeyOf } from '../definitions/process-key.ts';
import { gatewayErrors } from '../errors.ts';
import { everywhereNames, refuseSystemNames } from '../requests/system-names.ts';
import { nearCandidates, renderSubscription } from './who-waits.ts';

export interface MessageToSend {
  readonly name: string;
  readonly businessKey?: string | undefined;
  readonly instanceId?: string | undefined;
  /** Variables by whose values the instance is found. */
  readonly correlation?: Readonly<Record<string, unknown>> | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** To everybody who waits for it. @default to the one who does */
  readonly all?: boolean | undefined;
}

const systemMessages = new Set<string>(Object.values(messageNames));

/**
 * Sends a message to whoever waits for it.
 *
 * @throws PROCOS_GATEWAY_NOBODY_WAITS | PROCOS_GATEWAY_SEVERAL_WAIT | PROCOS_GATEWAY_SYSTEM_MESSAGE | PROCOS_GATEWAY_SYSTEM_NAME
 */
export async function sendMessage(engine: EngineClient, message: MessageToSend): Promise<Sent> {
  const { name, variables = {} } = message;
  if (systemMessages.has(name)) throw gatewayErrors.PROCOS_GATEWAY_SYSTEM_MESSAGE({ name });
  refuseSystemNames(variables, everywhereNames);
  const results = await correlate(engine, message);
  if (results.length === 0) throw await nobodyWaits(engine, message);
  return { name, receivers: await Promise.all(results.map((result) => receiverOf(engine, result))) };
}

async function correlate(engine: EngineClient, message: MessageToSend): Promise<readonly MessageResult[]> {
  const {
    name: messageName,
    businessKey,
    instanceId: processInstanceId,
    correlation: correlationKeys,
    variables,
    all = false,
  } = message;
  const request = { messageName, businessKey, processInstanceId, correlationKeys, variables };
  if (all) return engine.runtime.correlateAll(request);
  try {
    return [await engine.runtime.correlate(request)];
  } catch (thrown) {
    throw (await mismatch(engine, { message, request, thrown })) ?? thrown;
  }
}

/** The engine says with one status that nobody waits, that several do, and that what it was sent is wrong. */
async function mismatch(
  engine: EngineClient,
  { message, request, thrown }: { message: MessageToSend; request: MessageRequest; thrown: unknown },
): Promise<Error | undefined> {
  if (!isMessageMismatch(thrown)) return undefined;
  // Which of the two it is, it says in words alone: it is asked whom the message would reach.
  const count = await engine.runtime.countReceivers(request);
  if (count < 2) return nobodyWaits(engine, message, thrown);
  const waiting = await engine.runtime.eventSubscriptions({ eventType: 'message', eventName: message.name });
  const receivers = waiting.slice(0, 10).map(renderSubscription);
  return gatewayErrors.PROCOS_GATEWAY_SEVERAL_WAIT(
    {
      count: String(count),
      what: renderMessage(message),
      receivers: receivers.join('; '),
      candidates: receivers,
    },
    thrown,
  );
}

async function nobodyWaits(engine: EngineClient, message: MessageToSend, cause?: unknown): Promise<Error> {
  return gatewayErrors.PROCOS_GATEWAY_NOBODY_WAITS(
    { what: renderMessage(message), ...(await nearCandidates(engine, 'message', message.name)) },
    cause,
  );
}

/** Names and keys; values of variables are nobody's business in an error. */
function renderMessage({ name, businessKey, instanceId, correlation = {} }: MessageToSend): string {
  const parts = [
    ...(instanceId === undefined ? [] : [`instance ${instanceId}`]),
    ...(businessKey === undefined ? [] : [`business key ${businessKey}`]),
    ...Object.keys(correlation).map((key) => `a value of ${key}`),
  ];
  return `message ${name}${parts.length === 0 ? '' : ` with ${parts.join(', ')}`}`;
}

async function receiverOf(engine: EngineClient, { processInstance, execution }: MessageResult): Promise<Receiver> {
  if (processInstance !== null) {
    return {
      outcome: 'started',
      instanceId: processInstance.id,
      processKey: await processKeyOf(engine, processInstance.definitionId),
      activityId: null,
    };
  }
  const instanceId = execution?.processInstanceId ?? null;
  const instance = instanceId === null ? undefined : await engine.history.instance(instanceId);
  return { outcome: 'received', instanceId, processKey: instance?.processDefinitionKey ?? null, activityId: null };
}
