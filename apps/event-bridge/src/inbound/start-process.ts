import { createHash } from 'node:crypto';
import { compileCheck, type ProcosEvent, StartData, renderFaults } from '@procos/contracts';
import type { EngineClient, HistoricInstance } from '@procos/engine-client';
import { RejectEventError } from '@procos/event-bus';

/** Process variable that carries the id of the event that has started an instance. */
export const startEventVariable = 'procos_start_event_id';

const check = compileCheck(StartData);

/**
 * Starts the process that an event `start.<processKey>` names, once per event id, however often the event comes. The
 * engine is the memory: the instance carries the id, its business key makes it found fast.
 *
 * @returns does it for one event
 * @throws RejectEventError when the data breaks its schema
 */
export function createProcessStarter(engine: EngineClient): (event: ProcosEvent) => Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  return (event) => {
    const running = underWay.get(event.id);
    if (running !== undefined) return running;
    const started = startOnce(engine, event).finally(() => underWay.delete(event.id));
    underWay.set(event.id, started);
    return started;
  };
}

async function startOnce(
  { runtime, history }: EngineClient,
  { id, type, data, traceparent }: ProcosEvent,
): Promise<void> {
  const checked = check(data);
  if (!checked.ok) throw new RejectEventError(`The data is not that of a start: ${renderFaults(checked.faults)}.`);
  const { businessKey = keyFor(id), tenantId, processVariables = {} } = checked.value;
  const startedBy = async () => {
    const found = await history.instances({
      processInstanceBusinessKey: businessKey,
      variables: [{ name: startEventVariable, operator: 'eq', value: id }],
    });
    return found.toSorted(byStart);
  };
  if ((await startedBy()).length > 0) return;
  const variables = {
    ...(traceparent === undefined ? {} : { traceparent }),
    ...processVariables,
    [startEventVariable]: id,
  };
  const started = await runtime.startByKey(type.slice('start.'.length), {
    businessKey,
    variables,
    ...(tenantId === undefined ? {} : { tenantId }),
  });
  // A request that was under way when its sender died may have been carried out after the look-up: the earlier one stays.
  const [first] = await startedBy();
  if (first !== undefined && first.id !== started.id)
    await runtime.deleteInstance(started.id, `Repetition of ${first.id}, by the same event`);
}

function keyFor(eventId: string): string {
  return `event:${createHash('sha256').update(eventId).digest('hex').slice(0, 40)}`;
}

/** Earliest first, in an order on which everybody agrees. */
function byStart(a: HistoricInstance, b: HistoricInstance): number {
  return Date.parse(a.startTime) - Date.parse(b.startTime) || a.id.localeCompare(b.id);
}
