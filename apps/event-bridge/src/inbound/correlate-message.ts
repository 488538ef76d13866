import { compileCheck, MessageData, type ProcosEvent, tellFaults } from '@procos/contracts';
import type { EngineClient } from '@procos/engine-client';
import { RejectEventError } from '@procos/event-bus';

const check = compileCheck(MessageData);

/**
 * Correlates the BPMN message that an event `message.<name>` stands for. A message that comes twice correlates twice, if
 * it is waited for twice: models that must not have that ask for it by a key that is used once.
 *
 * @throws RejectEventError when the data breaks its schema
 */
export async function correlateMessage({ runtime }: EngineClient, { type, data }: ProcosEvent): Promise<void> {
  const checked = check(data);
  if (!checked.ok) throw new RejectEventError(`The data is not that of a message: ${tellFaults(checked.faults)}.`);
  const { businessKey, processInstanceId, correlationKeys, tenantId, processVariables = {} } = checked.value;
  await runtime.correlate({
    messageName: type.slice('message.'.length),
    variables: processVariables,
    ...(businessKey === undefined ? {} : { businessKey }),
    ...(processInstanceId === undefined ? {} : { processInstanceId }),
    ...(correlationKeys === undefined ? {} : { correlationKeys }),
    ...(tenantId === undefined ? {} : { tenantId }),
  });
}
