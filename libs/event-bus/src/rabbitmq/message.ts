import type { ProcosEvent } from '@procos/contracts';
import type { Message, Options } from 'amqplib';
import { checkEvent } from '../check-event.ts';
import { EventRefusedError } from '../errors.ts';

/** An event as it travels: JSON, kept by the broker on disk, its trace context also in the headers. */
export function toMessage(event: ProcosEvent): { readonly content: Buffer; readonly options: Options.Publish } {
  return {
    content: Buffer.from(JSON.stringify(event)),
    options: {
      persistent: true,
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      messageId: event.id,
      type: event.type,
      // AMQP counts in seconds.
      timestamp: Math.floor(Date.parse(event.time) / 1000),
      headers: event.traceparent === undefined ? {} : { traceparent: event.traceparent },
    },
  };
}

/**
 * Reads what others may have sent as well.
 *
 * @throws EventRefusedError when it is no event
 */
export function fromMessage({ content, properties }: Message): ProcosEvent {
  const event = checkEvent(parse(content));
  const header: unknown = properties.headers?.['traceparent'];
  return event.traceparent === undefined && typeof header === 'string' ? { ...event, traceparent: header } : event;
}

function parse(content: Buffer): unknown {
  try {
    const text = content.toString();
    // A property of this name would reach the prototype of whatever it is copied into; it may also be written in escapes.
    return /__proto__|\\u/i.test(text) ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)) : JSON.parse(text);
  } catch (thrown) {
    throw new EventRefusedError('This is no event: the message is no JSON.', { cause: thrown });
  }
}

/** How often a message was handed out before this time. */
export function earlierDeliveries({ properties }: Message): number {
  const count: unknown = properties.headers?.['x-delivery-count'];
  return typeof count === 'number' ? count : 0;
}
