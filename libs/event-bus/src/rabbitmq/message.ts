import { randomUUID } from 'node:crypto';
import type { ProcosEvent } from '@procos/contracts';
import { parseJson } from '@procos/json';
import type { ConfirmChannel, Message, Options } from 'amqplib';
import { checkEvent } from '../check-event.ts';
import { EventRefusedError, NotConnectedError } from '../errors.ts';
import type { DeadLetter } from '../event-bus.ts';

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
    return /__proto__|\\u/i.test(text) ? withoutPrototypes(parseJson(text)) : parseJson(text);
  } catch (thrown) {
    throw new EventRefusedError('This is no event: the message is no JSON.', { cause: thrown });
  }
}

function withoutPrototypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  const members = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(members.map(([name, member]) => [name, withoutPrototypes(member)]));
}

/** How often a message was handed out before this time. */
export function earlierDeliveries({ properties }: Message): number {
  const count: unknown = properties.headers?.['x-delivery-count'];
  return typeof count === 'number' ? count : 0;
}

const sentProperties = ['contentType', 'contentEncoding', 'messageId', 'timestamp', 'type'];

/** Marks of the broker and of ours are not its sender's. */
const isMark = (header: string) => header.startsWith('x-');

/**
 * Puts a message as it was sent straight into a queue, so that other queues do not get it again.
 *
 * @param marks of ours; those it had are left out
 * @throws NotConnectedError when the broker does not take it
 */
export function putInto(
  channel: ConfirmChannel,
  queue: string,
  { content, properties }: Message,
  marks: Readonly<Record<string, string>> = {},
): Promise<void> {
  const headers = Object.fromEntries(Object.entries(properties.headers ?? {}).filter(([name]) => !isMark(name)));
  const kept = Object.fromEntries(
    Object.entries(properties).filter(([name, value]) => sentProperties.includes(name) && value !== undefined),
  );
  return new Promise((resolve, reject) => {
    channel.sendToQueue(
      queue,
      content,
      { ...kept, headers: { ...headers, ...marks }, persistent: true },
      (refused: unknown) =>
        refused === null || refused === undefined
          ? resolve()
          : reject(new NotConnectedError('the broker has not taken a message for a queue', { cause: refused })),
    );
  });
}

const [reasonMark, problemMark] = ['x-procos-reason', 'x-procos-problem'];

/** Why a message is dead, as it travels with it. */
export function deathHeaders({
  reason,
  problem = '',
}: Pick<DeadLetter, 'reason' | 'problem'>): Readonly<Record<string, string>> {
  return { [reasonMark]: reason, [problemMark]: problem, 'x-procos-parked': randomUUID() };
}

/** Why a message is dead, as we or the broker have noted it. */
export function deathOf({ properties }: Message): Pick<DeadLetter, 'reason' | 'problem'> {
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const problem = headers[problemMark];
  const reason = headers[reasonMark] ?? headers['x-first-death-reason'];
  return {
    reason: reason === 'rejected' ? 'rejected' : 'delivery_limit',
    problem: typeof problem === 'string' && problem !== '' ? problem : undefined,
  };
}
