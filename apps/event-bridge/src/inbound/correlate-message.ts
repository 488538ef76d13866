import { compileCheck, MessageData, type ProcosEvent, renderFaults } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { RejectEventError } from '@procos/event-bus';

const check = compileCheck(MessageData);

/** Process variable that carries the id of the last event that was correlated with an instance. */
export const messageEventVariable = 'procos_message_event_id';

/**
 * Correlates the BPMN message that an event `message.<name>` stands for, once per event id. The engine is the memory: the
 * instance carries the id, so that an attempt whose answer was lost is not made again.
 *
 * @param mayBeDone an earlier attempt may have been carried out: the engine is asked first
 * @throws RejectEventError when the data breaks its schema
 */
export async function correlateMessage(
  { runtime, history }: EngineClient,
  { id, type, data, traceparent }: ProcosEvent,
  mayBeDone: boolean,
): Promise<void> {
  const checked = check(data);
  if (!checked.ok) throw new RejectEventError(`The data is not that of a message: ${renderFaults(checked.faults)}.`);
  const { businessKey, processInstanceId, correlationKeys, tenantId, processVariables = {} } = checked.value;
  if (
    mayBeDone &&
    (
      await history.instances(
        { variables: [{ name: messageEventVariable, operator: 'eq', value: id }] },
        { maxResults: 1 },
      )
    ).length > 0
  )
    return;
  await runtime.correlate({
    messageName: type.slice('message.'.length),
    variables: {
      ...(traceparent === undefined ? {} : { traceparent }),
      ...processVariables,
      [messageEventVariable]: id,
    },
    businessKey,
    processInstanceId,
    correlationKeys,
    tenantId,
  });
}
