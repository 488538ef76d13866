import { compileFaultFinder, eventFault, ProcosEvent, renderFaults } from '@procos/contracts';
import { EventRefusedError } from './errors.ts';

const faultsOf = compileFaultFinder(ProcosEvent);
/** Longest routing key, in bytes. Source: AMQP 0-9-1, short strings. */
const longestType = 255;

/**
 * Lets an event through that keeps the contract of events.
 *
 * @throws EventRefusedError
 */
export function checkEvent(value: unknown): ProcosEvent {
  const faults = faultsOf(value);
  if (faults !== undefined) throw new EventRefusedError(`This is no event: ${renderFaults(faults)}.`);
  const event = value as ProcosEvent;
  const { type } = event;
  if (Buffer.byteLength(type) > longestType)
    throw new EventRefusedError(`The event's type is longer than ${longestType} bytes: ${type.slice(0, 60)}….`);
  const fault = eventFault(event);
  if (fault !== undefined) throw new EventRefusedError(`The event ${type} breaks the contract of events: ${fault}.`);
  return event;
}
